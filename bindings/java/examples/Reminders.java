import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.libpfh.Caseload;
import org.libpfh.IcalOptions;
import org.libpfh.Line;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.Policy;

/**
 * A unit's calendar: writes it, brings it up to date a week later, and tells what people see in it.
 *
 * <p>{@code java -cp libpfh.jar bindings/java/examples/Reminders.java examples/data/caseload.ndjson examples/data/policy.json
 * skien-kreftkoordinator}
 */
class Reminders {
    /** What the unit's people subscribe to: written once a night, from all pathways, two weeks ahead. */
    private static String calendar(String previous, List<Pathway> pathways, Policy policy, String unit, LocalDate today) {
        try (IcalOptions options = new IcalOptions()) {
            options.policy(policy).set("unit", unit).set("domain", "epj.example").set("horizon_days", 14);
            return Pfh.updateIcal(previous, Pfh.planMany(pathways, today, policy).toList(), options);
        }
    }

    /** The entries, a line each: the day, and what stands there. */
    private static void show(LocalDate today, String text) {
        String[] parts = text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n");
        System.out.println(today + ": " + (parts.length - 1) + " entries");
        for (int i = 1; i < parts.length; i++) {
            Map<String, String> lines = new HashMap<>();
            parts[i].lines().filter(line -> line.contains(":"))
                    .forEach(line -> lines.put(line.split("[:;]", 2)[0], line.substring(line.indexOf(':') + 1)));
            System.out.println("  " + lines.get("DTSTART") + " " + lines.get("SUMMARY") + ", " + lines.get("STATUS") + " "
                    + lines.get("SEQUENCE"));
        }
    }

    public static void main(String[] arguments) throws IOException {
        Policy policy = Policy.parse(Files.readAllBytes(Path.of(arguments[1])));
        List<Pathway> pathways;
        try (InputStream in = Files.newInputStream(Path.of(arguments[0])); Caseload caseload = new Caseload(in)) {
            pathways = caseload.stream().map(Line::pathway).filter(Objects::nonNull).toList();
        }
        String text = null;
        for (LocalDate today : List.of(LocalDate.of(2026, 4, 20), LocalDate.of(2026, 4, 27))) {
            text = calendar(text, pathways, policy, arguments[2], today);
            show(today, text);
        }
    }
}
