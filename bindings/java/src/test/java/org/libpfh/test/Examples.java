package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.libpfh.Pfh;

/** The examples: built, run, and what they print. */
class Examples {
    private static final String CASELOAD = "examples/data/caseload.ndjson";
    private static final String POLICY = "examples/data/policy.json";

    @TestFactory
    Stream<DynamicTest> examples() {
        return Stream.of(example("PlanOne", "plan_one"), example("Worklist", "worklist", CASELOAD, POLICY),
                example("Reminders", "reminders", CASELOAD, POLICY, "skien-kreftkoordinator"),
                example("MergeCopies", "merge_copies"));
    }

    private static DynamicTest example(String name, String expected, String... files) {
        return DynamicTest.dynamicTest("example: " + name, () -> {
            Path jar = Path.of(Pfh.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Child child = new Child().option("-Dfile.encoding=UTF-8").option("-Dstdout.encoding=UTF-8").option("-cp")
                    .option(jar.toString()).option(Places.SOURCE.resolve("bindings/java/examples/" + name + ".java").toString());
            for (String file : files)
                child.option(file.contains("/") ? Places.SOURCE.resolve(file).toString() : file);
            Child.Outcome outcome = child.run();
            assertEquals(0, outcome.status(), outcome.printed());
            assertEquals(Places.read("examples/expected/" + expected + ".txt"), outcome.printed());
        });
    }
}
