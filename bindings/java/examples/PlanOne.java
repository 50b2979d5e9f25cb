import java.time.LocalDate;
import org.libpfh.Pathway;
import org.libpfh.Plan;
import org.libpfh.Point;
import org.libpfh.Task;

/**
 * Plans one patient: where the three points stand on 2026-04-20, and the open tasks, due first on top.
 *
 * <p>{@code java -cp libpfh.jar PlanOne.java}
 */
class PlanOne {
    /** Told in February, assessed in the hospital (e1), which has not registered its code. */
    private static final String DOCUMENT = """
            {"format": "pfh-pathway/1", "id": "demo-1", "edition": "hdir-2022",
             "diagnosis": {"code": "C50.9", "date": "2026-01-31", "informed": "2026-02-02"},
             "events": [
              {"id": "e1", "type": "performed", "date": "2026-02-20", "point": 1},
              {"id": "e2", "type": "message", "date": "2026-02-21", "point": 1, "to": "gp", "kind": "letter"},
              {"id": "e3", "type": "message", "date": "2026-02-21", "point": 1, "to": "municipality", "kind": "phone"}]}""";

    private static String day(LocalDate date) {
        return date == null ? "-" : date.toString();
    }

    public static void main(String[] arguments) {
        try (Pathway pathway = Pathway.parse(DOCUMENT); Plan plan = pathway.plan(LocalDate.of(2026, 4, 20))) {
            System.out.println(plan.pathway() + " is " + plan.status().word());
            for (Point point : plan.points())
                System.out.println("point " + point.point() + ": " + point.state().word() + ", " + point.timing().word()
                        + " the window " + day(point.opens()) + " to " + day(point.closes()));
            for (Task task : plan.tasks())
                System.out.println(task.level().word() + " " + task.id() + ": " + task.state().word() + ", " + task.starts()
                        + " to " + task.due());
        }
    }
}
