package org.libpfh.test;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests and prints a line of TAP for each; with names of classes, those alone. */
public final class Tap implements TestExecutionListener {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private int count;
    private int failed;

    /**
     * Runs the tests.
     *
     * @param classes their names, or none
     */
    public static void main(String[] classes) {
        List<? extends DiscoverySelector> selected = classes.length == 0 ? List.of(selectPackage("org.libpfh.test"))
                : Arrays.stream(classes).map(name -> selectClass("org.libpfh.test." + name)).toList();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selected).build();
        Tap tap = new Tap();
        LauncherFactory.create().execute(request, tap);
        System.exit(tap.end());
    }

    private int end() {
        out.println("1.." + count);
        if (failed > 0)
            out.println("# " + failed + " of " + count + " failed");
        return failed > 0 || count == 0 ? 1 : 0;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        line("ok", test, " # SKIP " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable cause = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest())
                    line("ok", test, "");
            }
            case ABORTED -> line("ok", test, " # SKIP " + (cause == null ? "" : reason(cause)));
            default -> {
                failed++;
                line("not ok", test, "");
                if (cause != null)
                    explain(cause);
            }
        }
    }

    private static String reason(Throwable cause) {
        return String.valueOf(cause.getMessage()).replace("Assumption failed: ", "").replace('\n', ' ');
    }

    private void line(String word, TestIdentifier test, String more) {
        out.println(word + " " + ++count + " - java: " + sentence(test.getDisplayName()) + more);
    }

    /** "aPathwayThatFails()": a pathway that fails. */
    private static String sentence(String name) {
        return name.endsWith("()") ? name.replace("()", "").replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT)
                : name.replace('#', ' ');
    }

    private void explain(Throwable cause) {
        String.valueOf(cause).lines().limit(40).forEach(line -> out.println("#   " + line));
        for (StackTraceElement at : cause.getStackTrace())
            if (at.getClassName().startsWith("org.libpfh"))
                out.println("#     at " + at);
        if (cause.getCause() != null)
            explain(cause.getCause());
    }
}
