package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JavaDoc of all that is public, without a warning. */
class Documentation {
    @TempDir
    Path folder;

    @Test
    void javaDocHasNoWarning() {
        ToolProvider javadoc = ToolProvider.findFirst("javadoc").orElse(null);
        String sources = System.getProperty("pfh.sources");
        Assumptions.assumeTrue(javadoc != null && sources != null, "no javadoc, or no sources");
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        int status = javadoc.run(out, out, "-quiet", "-Xdoclint:all", "-Werror", "-encoding", "UTF-8", "-d", folder.toString(),
                "--module-source-path", "org.libpfh=" + sources, "--module", "org.libpfh");
        assertEquals("", printed.toString());
        assertEquals(0, status);
    }
}
