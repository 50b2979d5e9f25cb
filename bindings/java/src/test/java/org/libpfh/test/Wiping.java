package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libpfh.Audience;
import org.libpfh.Caseload;
import org.libpfh.Line;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.PfhException;
import org.libpfh.Plan;
import org.libpfh.Record;
import org.libpfh.RecordKind;

/** Memory of C that held what is personal is wiped before it is freed; in a Java of its own. */
class Wiping {
    /** Not a literal: this class's own bytes are freed too. */
    private static final String SECRET = "SECRET-" + Integer.parseInt("7");

    @Test
    void whatIsFreedHoldsNothingPersonal() {
        Child.Outcome outcome = new Child().preload(Places.preload("unwiped")).run(Wiping.class);
        assertEquals("wiped\n", outcome.printed());
    }

    /**
     * Takes the secret in and out.
     *
     * @param none not used
     */
    public static void main(String[] none) {
        for (int times : new int[] {1, 100, 500}) // on the stack, and beside it
            turn(SECRET.repeat(times));
        System.out.println("wiped");
    }

    private static void turn(String note) {
        Record event = Record.event().set("id", "e9").set("type", "offered").set("date", Sample.TODAY).set("point", 1)
                .set("note", note);
        try (event; Record copy = Record.parse(RecordKind.EVENT, event.toJson()); Pathway pathway = Sample.pathway()) {
            pathway.append(copy);
            String document = pathway.toJson();
            assertEquals(note, pathway.find("e9").text("note"));
            try (Plan plan = pathway.plan(Sample.TODAY); Pathway handed = pathway.handover(Audience.GP)) {
                plan.toJson();
                pathway.diff(handed);
            }
            Pfh.planManyJson(List.of(pathway), Sample.TODAY).toList();
            lines(document + "\n" + document.replace("\"note\"", "\"nothing\"") + "\n");
        }
    }

    /** One that is a pathway, and one that is handed back as it came. */
    private static void lines(String text) {
        try (Caseload caseload = new Caseload(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (Line line : caseload) {
                PfhException error = line.error();
                if (error == null)
                    line.pathway().close();
                else
                    assertEquals(text.lines().toList().get(1) + "\n", new String(line.text(), StandardCharsets.UTF_8));
            }
        }
    }
}
