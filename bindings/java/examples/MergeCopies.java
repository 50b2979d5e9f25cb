import java.time.LocalDate;
import java.util.stream.Collectors;
import org.libpfh.Audience;
import org.libpfh.Difference;
import org.libpfh.EventType;
import org.libpfh.MergeOptions;
import org.libpfh.Need;
import org.libpfh.Pathway;
import org.libpfh.PfhException;
import org.libpfh.Record;
import org.libpfh.Side;

/**
 * Two copies of a pathway: the hospital hands over, both go on, and the copies are merged. The second time both have
 * recorded one event differently; a person decides.
 *
 * <p>{@code java -cp libpfh.jar MergeCopies.java}
 */
class MergeCopies {
    /** What the hospital has recorded by the end of February; one topic is private. */
    private static Pathway hospitalCopy() {
        LocalDate day = LocalDate.of(2026, 2, 20);
        Pathway pathway = new Pathway(Record.head().set("id", "two-copies").set("edition", "hdir-2022")
                .set("patient/municipality", "4003").set("diagnosis/code", "C50.9")
                .set("diagnosis/date", LocalDate.of(2026, 1, 31)));
        pathway.append(event("h1", EventType.PERFORMED, day, 1).set("assessment/topics/0/topic", "economy_housing")
                .set("assessment/topics/0/need", Need.FOLLOW_UP).set("assessment/topics/0/note", "Lurer på sykepenger.")
                .set("assessment/topics/1/topic", "sexual_health").set("assessment/topics/1/need", Need.FOLLOW_UP)
                .set("assessment/topics/1/private", true));
        return pathway.append(event("h2", EventType.CODED, day, 1).set("code", "WMFG10"));
    }

    private static Record event(String id, EventType type, LocalDate date, int point) {
        return Record.event().set("id", id).set("type", type).set("date", date).set("point", point);
    }

    private static void show(String heading, Pathway pathway) {
        System.out.println(heading + ": " + pathway.events().stream()
                .map(event -> event.text("id") + "=" + event.text("type")).collect(Collectors.joining(" ")));
    }

    public static void main(String[] arguments) {
        Pathway hospital = hospitalCopy();
        Pathway municipality = hospital.handover(Audience.MUNICIPALITY);
        show("handed over", municipality);

        municipality.append(event("m1", EventType.OFFERED, LocalDate.of(2026, 4, 20), 2));
        for (Difference difference : hospital.diff(municipality).rows())
            System.out.println(difference.kind().word() + ": " + difference.name());
        show("merged", hospital.merge(municipality));

        hospital.append(event("m1", EventType.OFFERED, LocalDate.of(2026, 4, 21), 2));
        try {
            hospital.merge(municipality);
        } catch (PfhException error) {
            System.out.println("refused at " + error.where());
        }
        for (Difference difference : hospital.diff(municipality).rows())
            if (difference.conflict() != null)
                System.out.println(difference.name() + ": " + difference.key() + " differs, " + difference.mine() + " and "
                        + difference.theirs());
        try (MergeOptions options = new MergeOptions()) {
            Pathway merged = hospital.merge(municipality, options.choose("event:m1", Side.THEIRS));
            System.out.println("by choice: " + merged.find("m1").date("date"));
        }
    }
}
