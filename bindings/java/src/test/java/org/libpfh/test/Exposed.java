package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** bindings/exposed.txt: every function of C has a row, and every name of Java is there. */
class Exposed {
    private static List<String> rows() {
        return Places.read("bindings/exposed.txt").lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }

    /** "Plan.tasks", "Record": a public class, or a public method of one. */
    private static boolean exists(String name) {
        String[] parts = name.split("\\.");
        try {
            Class<?> type = Class.forName("org.libpfh." + parts[0]);
            return parts.length == 1 ? type.getConstructors().length > 0
                    : Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals(parts[1]));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void everyNameOfJavaIsThere() {
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            String[] cells = row.split("\\s*\\|\\s*");
            String name = row.startsWith("+ java ") ? row.substring(7, row.indexOf(':')) : row.startsWith("+") ? "-" : cells[3];
            if (name.equals("-") && !row.startsWith("+"))
                assertTrue(cells.length == 5 && !cells[4].isBlank(), () -> "no reason: " + row);
            else if (!name.equals("-") && !exists(name))
                missing.add(name);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyFunctionOfCHasARow() {
        Set<String> told = new TreeSet<>();
        rows().stream().filter(row -> !row.startsWith("+")).forEach(row -> told.add(row.split("\\s*\\|\\s*")[0]));
        Set<String> exported = new TreeSet<>();
        Matcher names = Pattern.compile("^\\s*(pfh_\\w+)", Pattern.MULTILINE).matcher(Places.read("tests/exports.txt"));
        while (names.find())
            exported.add(names.group(1));
        assertTrue(exported.size() > 100, () -> exported.size() + " functions");
        assertEquals(exported, told);
    }
}
