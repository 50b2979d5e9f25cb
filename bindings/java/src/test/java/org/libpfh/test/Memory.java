package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.libpfh.Audience;
import org.libpfh.Caseload;
import org.libpfh.Feed;
import org.libpfh.IcalOptions;
import org.libpfh.MergeOptions;
import org.libpfh.Needs;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Policy;
import org.libpfh.Record;
import org.libpfh.Side;
import org.libpfh.Worklist;

/** 200,000 objects, made, used and dropped in random order: the peak does not grow with their number. */
class Memory {
    private static final int FEW = 50_000;
    private static final int MANY = 200_000;
    private static final Path STATUS = Path.of("/proc/self/status");

    @Test
    void thePeakDoesNotGrowWithTheNumberOfObjects() {
        Assumptions.assumeTrue(Files.exists(STATUS), "no /proc/self/status");
        long few = peak(FEW);
        long many = peak(MANY);
        assertTrue(many < few * 1.2, () -> few + " kB after " + FEW + " objects, " + many + " kB after " + MANY);
    }

    private static long peak(int count) {
        Child.Outcome outcome = new Child().option("-Xmx64m").option("-XX:+UseSerialGC").run(Memory.class, String.valueOf(count));
        assertEquals(0, outcome.status(), outcome.printed());
        return Long.parseLong(outcome.printed().strip());
    }

    // ---- In a Java of its own -----------------------------------------------------------------

    private final Random random = new Random(20260420);
    private final String document = Sample.pathway().toJson();
    private final Pathway pathway = Pathway.parse(document);
    private final Policy policy = Sample.policy();
    private final String policyText = Places.read("examples/data/policy.json");
    private final List<Supplier<AutoCloseable>> kinds = List.of(() -> Pathway.parse(document), () -> pathway.plan(Sample.TODAY),
            () -> pathway.needs(Sample.TODAY, policy), () -> Pathway.parse(document).events().get(0),
            () -> pathway.needs(Sample.TODAY).plan(), () -> Record.event().set("note", "Første 😀 Kárášjohka"),
            () -> new Worklist().add(pathway.plan(Sample.TODAY, policy)), () -> Policy.parse(policyText).record(),
            () -> new Feed().add(pathway.plan(Sample.TODAY)), () -> new IcalOptions().set("form", "todo").policy(policy),
            () -> new MergeOptions().choose("event:e1", Side.MINE), () -> pathway.handover(Audience.GP),
            () -> pathway.merge(pathway), this::ofMany, this::ofCaseload);

    private Plan ofMany() {
        return Pfh.planMany(List.of(pathway, pathway, pathway), Sample.TODAY, policy).findFirst().orElseThrow();
    }

    private Pathway ofCaseload() {
        Caseload caseload = new Caseload(new ByteArrayInputStream((document + "\n").getBytes(StandardCharsets.UTF_8)));
        return caseload.next().pathway(); // the caseload is forgotten
    }

    private static void use(AutoCloseable object) {
        if (object instanceof Plan plan)
            plan.tasks();
        else if (object instanceof Pathway pathway)
            pathway.toJson();
        else if (object instanceof Record record)
            record.text("note");
        else if (object instanceof Needs needs)
            needs.topics();
        else if (object instanceof Worklist worklist)
            worklist.rows();
        else if (object instanceof Feed feed)
            feed.toIcal();
    }

    private void run(int count) throws Exception {
        List<AutoCloseable> kept = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AutoCloseable object = kinds.get(random.nextInt(kinds.size())).get();
            use(object);
            if (kept.size() < 200)
                kept.add(object);
            else if (random.nextBoolean())
                kept.set(random.nextInt(kept.size()), object); // what was there is forgotten
            else
                object.close();
            use(kept.get(random.nextInt(kept.size())));
            if (i % 500 == 0)
                collect();
        }
    }

    /** Provokes the collector, and gives the cleaner time. */
    private static void collect() throws InterruptedException {
        System.gc();
        Thread.sleep(1);
    }

    /**
     * Makes, uses and drops objects, and prints the peak of the process in kB.
     *
     * @param count how many
     * @throws Exception where something goes wrong
     */
    public static void main(String[] count) throws Exception {
        new Memory().run(Integer.parseInt(count[0]));
        System.out.println(peakNow());
    }

    private static long peakNow() throws IOException {
        for (String line : Files.readAllLines(STATUS))
            if (line.startsWith("VmHWM:"))
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
        throw new IOException("no VmHWM in " + STATUS);
    }
}
