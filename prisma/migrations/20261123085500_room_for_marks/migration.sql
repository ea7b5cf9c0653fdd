-- Every answer marks its invitee as answered. No index has that column, so the mark can stay within its page (HOT) and write
-- no index entry, if the page has room: on full pages each mark went to another page and wrote five index entries, which was
-- half the time of taking answers. A third of each page is left free; an invitee's earlier steps, from drawn to sent, leave
-- versions that are pruned there. Pages that are there already stay as they are until they are rewritten.
ALTER TABLE "invitee" SET (fillfactor = 65);
