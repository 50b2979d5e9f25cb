package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.libpfh.Line;
import org.libpfh.Pfh;
import org.libpfh.PfhException;
import org.libpfh.Word;

/** bindings/exposed.txt: every function of C has a row, every name of Java is there, and every method has a row. */
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

    /** What a row gives as the name of Java; "-" where it gives none. */
    private static String name(String row) {
        if (row.startsWith("+"))
            return row.startsWith("+ java ") ? row.substring(7, row.indexOf(':')) : "-";
        return row.split("\\s*\\|\\s*")[3];
    }

    @Test
    void everyNameOfJavaIsThere() {
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            String[] cells = row.split("\\s*\\|\\s*");
            String name = name(row);
            if (name.equals("-") && !row.startsWith("+"))
                assertTrue(cells.length == 5 && !cells[4].isBlank(), () -> "no reason: " + row);
            else if (!name.equals("-") && !exists(name))
                missing.add(name);
        }
        assertEquals(List.of(), missing);
    }

    // ---- The other way round ------------------------------------------------------------------

    /** What every object or value of Java has. */
    private static final Set<String> USUAL = Set.of("close", "equals", "hashCode", "toString", "iterator", "hasNext", "next");

    /** The classes of the package in the jar. */
    private static List<Class<?>> classes() throws IOException {
        String place = "org/libpfh/";
        List<Class<?>> classes = new ArrayList<>();
        try (JarFile jar = new JarFile(Pfh.class.getProtectionDomain().getCodeSource().getLocation().getPath())) {
            for (String name : jar.stream().map(JarEntry::getName).toList())
                if (name.startsWith(place) && name.endsWith(".class") && !name.endsWith("package-info.class"))
                    classes.add(Class.forName(name.replace(".class", "").replace('/', '.')));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return classes;
    }

    /** Values that are written by hand: what they have is the members of a struct, as with those that are generated. */
    private static final Set<Class<?>> VALUES = Set.of(Line.class, PfhException.class, Word.class);

    /** "Plan.tasks" and so on of a class; nothing of one that is a value. */
    private static Stream<String> names(Class<?> type) {
        if (!Modifier.isPublic(type.getModifiers()) || type.isEnum() || type.isRecord() || VALUES.contains(type))
            return Stream.of();
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()).map(Method::getName)
                .filter(name -> !USUAL.contains(name)).map(name -> type.getSimpleName() + "." + name);
    }

    @Test
    void everyMethodHasARow() throws IOException {
        Set<String> told = new TreeSet<>();
        rows().forEach(row -> told.add(name(row)));
        Set<String> untold = new TreeSet<>();
        classes().stream().flatMap(Exposed::names).forEach(untold::add);
        assertTrue(untold.size() > 100, () -> untold.size() + " methods");
        untold.removeAll(told);
        assertEquals(Set.of(), untold);
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
