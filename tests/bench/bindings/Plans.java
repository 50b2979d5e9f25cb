import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.libpfh.Caseload;
import org.libpfh.Line;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Task;

/** Plans from Java, for compare.py: see plans.c. {@code java -cp libpfh.jar Plans.java CASELOAD} */
class Plans {
    private static final LocalDate TODAY = LocalDate.of(2026, 4, 20);

    private static long seen; // so that nothing is left out by the compiler

    private static void rows(List<Pathway> pathways) {
        for (Pathway pathway : pathways)
            try (Plan plan = pathway.plan(TODAY)) {
                for (Task task : plan.tasks())
                    seen += task.due().getDayOfMonth();
            }
    }

    private static void documents(List<Pathway> pathways) {
        for (Pathway pathway : pathways)
            try (Plan plan = pathway.plan(TODAY)) {
                seen += plan.toJson().length();
            }
    }

    private static void many(List<Pathway> pathways) {
        Pfh.planManyJson(pathways, TODAY).forEach(document -> seen += document.length());
    }

    private static void run(String way, List<Pathway> pathways) {
        switch (way) {
            case "rows" -> rows(pathways);
            case "json" -> documents(pathways);
            case "many" -> many(pathways);
            default -> throw new IllegalArgumentException("no such way: " + way);
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Pathway> pathways;
        try (Caseload caseload = new Caseload(new FileInputStream(arguments[0]))) {
            pathways = caseload.stream().map(Line::pathway).filter(Objects::nonNull).toList();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String way; (way = in.readLine()) != null;) {
            long start = System.nanoTime();
            run(way.strip(), pathways);
            System.out.println((double) (System.nanoTime() - start) / pathways.size());
        }
    }
}
