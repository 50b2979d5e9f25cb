package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.libpfh.Edition;
import org.libpfh.Pfh;
import org.libpfh.Worklist;

/** How the native library is found, and what is said when it is not or does not fit. */
class Loading {
    @TempDir
    Path folder;

    private static void holds(String printed, String... texts) {
        for (String text : texts)
            assertTrue(printed.contains(text), () -> "no \"" + text + "\" in:\n" + printed);
    }

    private Path unpacked() throws IOException {
        String platform = "org/libpfh/native/linux-" + System.getProperty("os.arch").replace("amd64", "x86_64") + "/";
        Path to = Files.createDirectory(folder.resolve("unpacked"));
        ClassLoader jar = Pfh.class.getClassLoader();
        for (String name : new String(jar.getResourceAsStream(platform + "files.txt").readAllBytes()).split("\n"))
            Files.copy(jar.getResourceAsStream(platform + name), to.resolve(name));
        return to;
    }

    @Test
    void aLibraryOfAnotherMajorVersionIsRefusedAndBothVersionsAreNamed() {
        Child.Outcome outcome = new Child().preload(Places.preload("other_version")).run(Loading.class);
        assertEquals(1, outcome.status(), outcome.printed());
        holds(outcome.printed(), "UnsatisfiedLinkError", "this binding is of version " + Pfh.bindingVersion(),
                "the libpfh that was loaded is of version ");
    }

    @Test
    void aLibraryThatIsOlderIsRefusedAndBothVersionsAreNamed() {
        Child.Outcome outcome = new Child().preload(Places.preload("version_0_0")).run(Loading.class);
        assertEquals(1, outcome.status(), outcome.printed());
        holds(outcome.printed(), "UnsatisfiedLinkError", "this binding is of version " + Pfh.bindingVersion(),
                "the libpfh that was loaded is of version 0.0.9", "must not be older");
    }

    @Test
    void aLibraryThatIsNewerIsTaken() {
        Child.Outcome outcome = new Child().preload(Places.preload("version_0_999")).run(Loading.class);
        assertEquals("0.999.9\n", outcome.printed());
        assertEquals(0, outcome.status());
    }

    @Test
    void whatWentWrongOnceIsSaidEachTime() {
        Child.Outcome outcome = new Child().option("-Dos.arch=abacus").run(Loading.class, "again");
        assertEquals(0, outcome.status(), outcome.printed());
        List<String> lines = outcome.printed().lines().toList();
        assertEquals(5, lines.size(), outcome.printed());
        assertEquals(1, Set.copyOf(lines).size(), outcome.printed());
        holds(lines.get(0), "UnsatisfiedLinkError", "linux-abacus");
    }

    @Test
    void theFolderThatAPropertyNamesComesFirst() throws IOException {
        Child.Outcome outcome = new Child().option("-Dorg.libpfh.library.path=" + unpacked())
                .option("-Djava.io.tmpdir=" + folder.resolve("nowhere")).run(Loading.class);
        assertEquals(0, outcome.status(), outcome.printed());
        outcome = new Child().option("-Dorg.libpfh.library.path=" + folder).run(Loading.class);
        assertEquals(1, outcome.status(), outcome.printed());
        holds(outcome.printed(), "there is no " + folder.resolve("libpfh_jni.so"), "org.libpfh.library.path");
    }

    @Test
    void thenComesTheLibraryPathOfJava() throws IOException {
        Child.Outcome outcome = new Child().option("-Djava.library.path=" + folder + ":" + unpacked())
                .option("-Djava.io.tmpdir=" + folder.resolve("nowhere")).run(Loading.class);
        assertEquals(0, outcome.status(), outcome.printed());
    }

    @Test
    void thenTheJarAndNothingIsLeftBehind() throws IOException {
        Child.Outcome outcome = new Child().option("-Djava.io.tmpdir=" + folder).run(Loading.class);
        assertEquals(0, outcome.status(), outcome.printed());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.filter(file -> file.getFileName().toString().startsWith("libpfh")).count());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToAndAnUnknownMachineAreNamed() {
        Child.Outcome outcome = new Child().option("-Djava.io.tmpdir=" + folder.resolve("nowhere")).run(Loading.class);
        assertEquals(1, outcome.status(), outcome.printed());
        holds(outcome.printed(), "could not be unpacked into java.io.tmpdir", folder.resolve("nowhere").toString());
        assertFalse(outcome.printed().contains("null"), outcome.printed());
        outcome = new Child().option("-Dos.arch=abacus").run(Loading.class);
        assertEquals(1, outcome.status(), outcome.printed());
        holds(outcome.printed(), "linux-abacus", "java.library.path has no libpfh_jni.so", "-Dorg.libpfh.library.path");
    }

    @Test
    void theModuleIsNamedAndExportsOnePackage() {
        Child child = new Child().option("-p").option(jar().toString()).option("--describe-module").option("org.libpfh");
        Child.Outcome outcome = child.run();
        assertEquals(0, outcome.status(), outcome.printed());
        holds(outcome.printed(), "org.libpfh", "exports org.libpfh");
    }

    @Test
    void aModuleThatRequiresItRuns() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("user/a"));
        Files.writeString(folder.resolve("user/module-info.java"), "module user { requires org.libpfh; }");
        Files.writeString(sources.resolve("Main.java"), """
                package a;

                class Main {
                    public static void main(String[] none) {
                        System.out.println(org.libpfh.Pfh.version());
                    }
                }
                """);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.out, "-p", jar().toString(), "-d",
                folder.resolve("classes").toString(), folder.resolve("user/module-info.java").toString(),
                sources.resolve("Main.java").toString());
        assertEquals(0, status);
        Child child = new Child().option("-p").option(jar() + File.pathSeparator + folder.resolve("classes"));
        Child.Outcome outcome = child.option("-m").option("user/a.Main").run();
        assertTrue(outcome.status() == 0 && outcome.printed().contains(Places.version()), outcome.printed());
    }

    @Test
    void theJarCarriesAllThatASystemMayLack() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ldd")), "no ldd");
        Path library = unpacked().resolve("libpfh_jni.so");
        Process ldd = new ProcessBuilder("/usr/bin/ldd", library.toString()).start();
        String runtime = ".*(linux-vdso|ld-linux|/lib(c|m|dl|pthread|rt|gcc_s|stdc\\+\\+)\\.so).*";
        String others = new String(ldd.getInputStream().readAllBytes()).lines()
                .filter(line -> !line.contains(library.getParent().toString()) && !line.matches(runtime))
                .collect(Collectors.joining("\n"));
        assertEquals("", others);
    }

    private static Path jar() {
        return Path.of(Pfh.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /**
     * Loads the library.
     *
     * @param again where there is one, it is not to be found, and every use is to say so
     */
    public static void main(String[] again) {
        if (again.length == 0)
            System.out.println(Pfh.version());
        else
            for (Executable use : List.<Executable>of(Pfh::version, Pfh::version, Edition::all, Edition::all, Worklist::new))
                System.out.println(assertThrows(Error.class, use));
    }
}
