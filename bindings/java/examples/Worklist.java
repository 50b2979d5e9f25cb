import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.libpfh.Caseload;
import org.libpfh.Level;
import org.libpfh.Line;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.Policy;
import org.libpfh.Task;
import org.libpfh.Work;

/**
 * A municipality's worklist of the month: due date, state, task, pathway, unit.
 *
 * <p>{@code java -cp libpfh.jar bindings/java/examples/Worklist.java examples/data/caseload.ndjson examples/data/policy.json}
 */
class Worklist {
    private static final LocalDate TODAY = LocalDate.of(2026, 4, 20);

    /** The pathways of a caseload; a line that is refused is told of, and does not stop the others. */
    private static Stream<Pathway> pathways(Caseload caseload) {
        return caseload.stream().filter(line -> {
            if (line.error() != null && !line.continued())
                System.err.println("line " + line.number() + ": " + line.error().getMessage());
            return line.pathway() != null;
        }).map(Line::pathway);
    }

    public static void main(String[] arguments) throws IOException {
        Policy policy = Policy.parse(Files.readAllBytes(Path.of(arguments[1])));
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]));
                Caseload caseload = new Caseload(in);
                org.libpfh.Worklist worklist = new org.libpfh.Worklist()) {
            worklist.filter("level", Level.MUNICIPALITY).filter("to", LocalDate.of(2026, 4, 30));
            Pfh.planMany(pathways(caseload)::iterator, TODAY, policy).forEach(plan -> {
                worklist.add(plan);
                plan.close();
            });
            for (Work work : worklist.sort()) {
                Task task = work.task();
                System.out.println(task.due() + " " + task.state().word() + ": " + task.id() + ", " + work.pathway() + ", "
                        + (task.unit() == null ? "-" : task.unit()));
            }
        }
    }
}
