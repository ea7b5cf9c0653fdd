import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The time-skipping server: StartAt PORT [START_MS]. Differs from the stock main in three ways: its clock starts at START_MS
 * (milliseconds since 1970, UTC; without it, now), it listens on loopback alone, and it ends when the process that started
 * it is gone.
 */
public class StartAt {
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    long startMs = args.length > 1 ? Long.parseLong(args[1]) : 0;
    endWithParent();
    TestServicesStarter services = new TestServicesStarter(true, startMs);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    builder.build().start().awaitTermination();
  }

  private static void endWithParent() {
    long parent = parentId();
    Thread watch =
        new Thread(
            () -> {
              while (parentId() == parent) {
                try {
                  Thread.sleep(1000);
                } catch (InterruptedException e) {
                  break;
                }
              }
              Runtime.getRuntime().halt(0);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static long parentId() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
  }
}
