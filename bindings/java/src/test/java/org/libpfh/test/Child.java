package org.libpfh.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java of its own, for what concerns the whole process. */
final class Child {
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment;
    private final ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);

    /** What a process printed, and how it ended. */
    record Outcome(int status, String printed) {}

    Child() {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22)
            command.add("--enable-native-access=ALL-UNNAMED"); // else it warns
        environment = builder.environment();
    }

    Child option(String option) {
        command.add(option);
        return this;
    }

    Child preload(Path library) {
        environment.put("LD_PRELOAD", library.toString());
        return this;
    }

    /** Runs a class of the tests. */
    Outcome run(Class<?> main, String... arguments) {
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Dpfh.source=" + Places.SOURCE, main.getName()));
        command.addAll(List.of(arguments));
        return run();
    }

    Outcome run() {
        try {
            Process process = builder.command(command).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), printed);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(command.toString(), e);
        }
    }
}
