package org.libpfh;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds and loads the native library. The first that there is counts:
 *
 * <ol>
 *   <li>the folder that the system property {@code org.libpfh.library.path} names, and then nothing else;
 *   <li>a folder of {@code java.library.path};
 *   <li>the jar, from which it is unpacked, with all that it needs, into a folder that only the user can read.
 * </ol>
 */
final class Loader {
    private static final String PROPERTY = "org.libpfh.library.path";
    private static final String FILE = System.mapLibraryName("pfh_jni");

    /** Why there is no library; null where there is. */
    private static final Throwable FAILURE = failure();

    private Loader() {}

    /** Every call of C is behind this. What went wrong once is said each time. */
    static void check() {
        if (FAILURE != null)
            throw (Error) new UnsatisfiedLinkError(FAILURE.getMessage()).initCause(FAILURE);
    }

    private static Throwable failure() {
        try {
            load();
            return null;
        } catch (LinkageError | RuntimeException e) {
            return e;
        }
    }

    private static void load() {
        String folder = System.getProperty(PROPERTY);
        Path file = folder != null ? Path.of(folder, FILE) : installed();
        if (file != null)
            loadFile(file);
        else
            loadFromJar();
        checkVersions();
    }

    /** The file in java.library.path; null where it is in none of its folders. */
    private static Path installed() {
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, FILE);
            if (!folder.isEmpty() && Files.isRegularFile(file))
                return file;
        }
        return null;
    }

    private static void loadFile(Path file) {
        if (!Files.isRegularFile(file))
            throw new UnsatisfiedLinkError("libpfh: there is no " + file + ", which " + PROPERTY + " asks for");
        System.load(file.toAbsolutePath().toString());
    }

    // ---- From the jar -------------------------------------------------------------------------

    private static void loadFromJar() {
        String place = "/org/libpfh/native/" + platform() + "/";
        List<String> files = list(place);
        if (files.isEmpty())
            throw new UnsatisfiedLinkError("libpfh: the jar has no library for " + platform() + " (" + place + FILE
                    + "), and java.library.path has no " + FILE + ": build libpfh here and name the folder with -D"
                    + PROPERTY + "=...");
        Path folder = temporary();
        try {
            for (String file : files)
                unpack(place + file, folder.resolve(file));
            System.load(folder.resolve(FILE).toString());
        } catch (IOException e) {
            throw new UnsatisfiedLinkError("libpfh: the library could not be unpacked into " + folder + ": " + e);
        } catch (UnsatisfiedLinkError e) {
            throw new UnsatisfiedLinkError(e.getMessage() + " (unpacked from the jar's " + place + "; where programs may "
                    + "not be in the temporary folder, name another one with -Djava.io.tmpdir=... or unpack it and use -D"
                    + PROPERTY + "=...)");
        } finally {
            remove(folder, files);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("libpfh-");
        } catch (IOException e) {
            throw new UnsatisfiedLinkError("libpfh: the library could not be unpacked into java.io.tmpdir ("
                    + System.getProperty("java.io.tmpdir") + "): " + e);
        }
    }

    /** "linux-x86_64". */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String os = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : system;
        String arch = machine.equals("amd64") ? "x86_64" : machine.equals("arm64") ? "aarch64" : machine;
        return os + "-" + arch;
    }

    /** The files of a platform, which a list in the jar names. */
    private static List<String> list(String place) {
        List<String> files = new ArrayList<>();
        try (InputStream in = Loader.class.getResourceAsStream(place + "files.txt")) {
            if (in == null)
                return files;
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line; (line = lines.readLine()) != null;)
                files.add(line);
        } catch (IOException e) {
            throw new UnsatisfiedLinkError("libpfh: the jar could not be read: " + e);
        }
        return files;
    }

    private static void unpack(String resource, Path file) throws IOException {
        try (InputStream in = Loader.class.getResourceAsStream(resource)) {
            if (in == null)
                throw new IOException("the jar has no " + resource);
            Files.copy(in, file);
        }
    }

    /** What is loaded needs no name any more; where the system keeps the files, they go when Java ends. */
    private static void remove(Path folder, List<String> files) {
        folder.toFile().deleteOnExit(); // the last that is asked for is the first that goes
        for (String file : files)
            if (!folder.resolve(file).toFile().delete())
                folder.resolve(file).toFile().deleteOnExit();
        folder.toFile().delete();
    }

    // ---- Versions -----------------------------------------------------------------------------

    private static void checkVersions() {
        String glue = Texts.of(NativeJNI.glue_version());
        if (!glue.equals(Build.VERSION))
            throw new UnsatisfiedLinkError("libpfh: these classes are of version " + Build.VERSION + ", but " + FILE
                    + " is of version " + glue);
        int number = NativeJNI.version_number();
        if (number / 1_000_000 != Build.NUMBER / 1_000_000)
            throw unfit("the major versions must be the same");
        if (number < Build.NUMBER) // it may lack what these classes call and read
            throw unfit("it must not be older");
    }

    private static UnsatisfiedLinkError unfit(String why) {
        return new UnsatisfiedLinkError("libpfh: this binding is of version " + Build.VERSION + ", but the libpfh that was "
                + "loaded is of version " + Texts.of(NativeJNI.version()) + ": " + why);
    }
}
