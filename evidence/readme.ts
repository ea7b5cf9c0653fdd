/** README.txt of a bundle. */
export const README = `Abide 证据包 / evidence bundle
================================

中文
----
本文件包是一份协议的全部证据：运行历史及其所用代码、事件及其哈希链、文件（以 SHA-256 命名）、通知及送达状态、
所固定的工作日历、台账、已编译的协议及变更，以及可直接阅读的履行经过（account.zh.html）。
manifest.json 列明每个文件的 SHA-256；signature.json 是对清单及哈希链末端的 Ed25519 签名。
核验（无需网络与数据库）：
  abide verify 本文件包.zip --key 指纹
指纹请向签发单位另行索取；不给出 --key 时，只能说明文件包与其自带的公钥一致。
请保留原始 .zip 文件：重新打包会被判为不一致。文件包含有个人信息，请妥善保管。

English
-------
This bundle is the whole evidence of one agreement: histories of its runs with the code that ran them, events with their
hash chain, documents by SHA-256, notices and their delivery, the pinned calendar, the ledger, the compiled agreement and
its amendments, and an account to read (account.en.html).
manifest.json names the SHA-256 of every file; signature.json is an Ed25519 signature over it and the heads of the chains.
To check it, without network or database:
  abide verify this-bundle.zip --key FINGERPRINT
Ask whoever issued the bundle for the fingerprint by another way; without --key the answer says no more than that the
bundle agrees with the key that it brings itself. Keep the original .zip: packed anew it is different. It holds personal
data: keep it accordingly.
`;
