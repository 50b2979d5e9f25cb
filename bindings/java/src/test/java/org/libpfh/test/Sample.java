package org.libpfh.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import org.libpfh.Caseload;
import org.libpfh.Line;
import org.libpfh.Pathway;
import org.libpfh.Policy;

/** The pathways and the policy of the examples. */
final class Sample {
    static final LocalDate TODAY = LocalDate.of(2026, 4, 20);

    private Sample() {}

    static Policy policy() {
        return Policy.parse(Places.read("examples/data/policy.json"));
    }

    /** All pathways of the caseload. */
    static List<Pathway> pathways() {
        try (InputStream in = Files.newInputStream(Places.SOURCE.resolve("examples/data/caseload.ndjson"));
                Caseload caseload = new Caseload(in)) {
            return caseload.stream().map(Line::pathway).filter(pathway -> pathway != null).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them, in which something happened and is to be done. */
    static Pathway pathway() {
        return pathways().stream().filter(pathway -> pathway.events().size() >= 3 && pathway.plan(TODAY).tasks().size() >= 3)
                .findFirst().orElseThrow();
    }
}
