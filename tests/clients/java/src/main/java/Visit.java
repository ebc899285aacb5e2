import static org.ovirt.engine.sdk4.ConnectionBuilder.connection;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.event;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.snapshot;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.Error;
import org.ovirt.engine.sdk4.services.DiskService;
import org.ovirt.engine.sdk4.services.EventsService;
import org.ovirt.engine.sdk4.services.SnapshotService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.LogSeverity;
import org.ovirt.engine.sdk4.types.SnapshotStatus;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** What a user of the SDK does with an engine: says a line for each thing that it has seen done. */
public class Visit {
  private static final BigInteger GIB = BigInteger.ONE.shiftLeft(30);

  private final Connection connection;
  private final VmsService vms;

  private Visit(Connection connection) {
    this.connection = connection;
    this.vms = connection.systemService().vmsService();
  }

  /** Arguments: the address of the entry point, user, password, and a trust store with its own. */
  public static void main(String[] given) throws Exception {
    try (Connection connection =
        connection()
            .url(given[0])
            .user(given[1])
            .password(given[2])
            .trustStoreFile(given[3])
            .trustStorePassword(given[4])
            .build()) {
      Visit visit = new Visit(connection);
      visit.reads();
      visit.works();
      visit.isRefused();
      visit.looksAtEvents();
    }
  }

  private void reads() {
    say("valid", connection.validate());
    say("product", connection.systemService().get().send().api().productInfo().name());
    List<Vm> found = vms.list().search("name=web* sortby name asc").send().vms();
    say("found", found.stream().map(Vm::name).collect(Collectors.joining(",")));
    say("cluster", connection.followLink(found.get(0).cluster()).name());
    say("nics", connection.followLink(found.get(0).nics()).size());
  }

  private void works() {
    Vm added =
        vms.add()
            .vm(
                vm().name("java")
                    .cluster(cluster().name("Default"))
                    .template(template().name("rhel9")))
            .send()
            .vm();
    VmService service = vms.vmService(added.id());
    until(() -> service.get().send().vm().status() == VmStatus.DOWN);
    say("added", service.get().send().vm().name());

    String diskId =
        service
            .diskAttachmentsService()
            .add()
            .attachment(
                diskAttachment()
                    .interface_(DiskInterface.VIRTIO)
                    .bootable(false)
                    .active(true)
                    .disk(
                        disk()
                            .name("java-data")
                            .format(DiskFormat.COW)
                            .provisionedSize(GIB)
                            .storageDomains(storageDomain().name("data-01"))))
            .send()
            .attachment()
            .id();
    DiskService disk = connection.systemService().disksService().diskService(diskId);
    until(() -> disk.get().send().disk().status() == DiskStatus.OK);
    say("disks", service.diskAttachmentsService().list().send().attachments().size());
    service.nicsService().add().nic(nic().name("nic2")).send();

    SnapshotService kept =
        service
            .snapshotsService()
            .snapshotService(
                service
                    .snapshotsService()
                    .add()
                    .snapshot(snapshot().description("java").persistMemorystate(false))
                    .send()
                    .snapshot()
                    .id());
    until(() -> kept.get().send().snapshot().snapshotStatus() == SnapshotStatus.OK);
    say("snapshots", service.snapshotsService().list().send().snapshots().size());

    service.update().vm(vm().memory(GIB.shiftLeft(2))).send();
    say("memory", service.get().send().vm().memory());
    service.start().send();
    until(() -> service.get().send().vm().status() == VmStatus.UP);
    say("started", connection.followLink(service.get().send().vm().host()).status());
    say("not removed", refused(() -> service.remove().send()));
    service.stop().send();
    until(() -> service.get().send().vm().status() == VmStatus.DOWN);
    service.remove().send();
    say("left", vms.list().search("name=java").send().vms().size());
    say("gone", refused(() -> service.get().send()));
  }

  private void isRefused() {
    say("no cluster", refused(() -> vms.add().vm(vm().name("x")).send()));
    say(
        "in use",
        refused(
            () ->
                vms.add()
                    .vm(
                        vm().name("web-01")
                            .cluster(cluster().name("Default"))
                            .template(template().name("Blank")))
                    .send()));
  }

  private void looksAtEvents() {
    EventsService events = connection.systemService().eventsService();
    String id =
        events
            .add()
            .event(
                event()
                    .customId(77)
                    .description("java was here")
                    .origin("java")
                    .severity(LogSeverity.NORMAL))
            .send()
            .event()
            .id();
    int index = Integer.parseInt(id);
    say("events", events.list().from(index - 1).send().events().size());
  }

  /** The sentence with which something is refused, in one line. */
  private static String refused(Runnable what) {
    try {
      what.run();
      return "it was not refused";
    } catch (Error error) {
      return error.getMessage().replaceAll("\\s+", " ");
    }
  }

  private static void until(BooleanSupplier isSo) {
    for (int tries = 0; !isSo.getAsBoolean(); tries++) {
      if (tries > 2000) {
        throw new IllegalStateException("it was never so");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  private static void say(String what, Object seen) {
    System.out.println(what + ": " + seen);
  }
}
