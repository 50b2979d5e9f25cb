package org.libpfh.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the tests find what they need; test.sh says so. */
final class Places {
    /** The checkout. */
    static final Path SOURCE = Path.of(System.getProperty("pfh.source", "../../../.."));

    private Places() {}

    static String read(String file) {
        try {
            return Files.readString(SOURCE.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    /** A library that is put before the others (LD_PRELOAD), built by test.sh where there is a compiler. */
    static Path preload(String name) {
        Path file = Path.of(System.getProperty("pfh.preload", ""), name + ".so");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no C compiler built " + name + ".c");
        return file;
    }

    /** The version that project() of CMake has. */
    static String version() {
        String text = read("CMakeLists.txt");
        int at = text.indexOf("project(libpfh VERSION ") + "project(libpfh VERSION ".length();
        return text.substring(at, text.indexOf(' ', at));
    }
}
