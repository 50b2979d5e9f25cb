package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libpfh.Pfh;

/** README.md: its program is run and prints what stands below it. */
class Page {
    @TempDir
    Path folder;

    private static String block(String page, String language) {
        int at = page.indexOf("```" + language + "\n") + language.length() + 4;
        return page.substring(at, page.indexOf("```", at));
    }

    @Test
    void theProgramOfThePagePrintsWhatThePageSays() throws IOException {
        String page = Places.read("bindings/java/README.md");
        Path program = Files.writeString(folder.resolve("First.java"), block(page, "java"));
        String jar = Path.of(Pfh.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
        Child.Outcome outcome = new Child().option("-Dfile.encoding=UTF-8").option("-Dstdout.encoding=UTF-8").option("-cp")
                .option(jar).option(program.toString()).run();
        assertEquals(block(page, "text"), outcome.printed());
        assertEquals(0, outcome.status());
    }
}
