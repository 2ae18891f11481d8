package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;
import static dev.asyncloop.leak.LeakKind.GARBAGE_COLLECTED;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Formatter;
import java.util.Map;
import java.util.Scanner;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.logging.FileHandler;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Files, directories and archives. */
final class FileWing extends Wing {

    FileWing() {
        show("FileInputStream", FILE_DESCRIPTOR, () -> new FileInputStream(file().toFile()));
        show("FileOutputStream", FILE_DESCRIPTOR, () -> new FileOutputStream(file().toFile()));
        show("RandomAccessFile", FILE_DESCRIPTOR, () -> new RandomAccessFile(file().toFile(), "rw"));
        show("FileReader", FILE_DESCRIPTOR, () -> new FileReader(file().toFile()));
        show("FileWriter", FILE_DESCRIPTOR, () -> new FileWriter(file().toFile()));
        show("PrintWriter", FILE_DESCRIPTOR, () -> new PrintWriter(file().toFile()));
        show("PrintStream", FILE_DESCRIPTOR, () -> new PrintStream(file().toFile()));
        show("Formatter", FILE_DESCRIPTOR, () -> new Formatter(file().toFile()));
        show("Scanner", FILE_DESCRIPTOR, () -> new Scanner(file()));
        show("Files.newInputStream", FILE_DESCRIPTOR, () -> Files.newInputStream(file()));
        show("Files.newOutputStream", FILE_DESCRIPTOR, () -> Files.newOutputStream(file()));
        show("Files.newBufferedReader", FILE_DESCRIPTOR, () -> Files.newBufferedReader(file()));
        show("Files.newBufferedWriter", FILE_DESCRIPTOR, () -> Files.newBufferedWriter(file()));
        show("Files.newByteChannel", FILE_DESCRIPTOR, () -> Files.newByteChannel(file()));
        show("Files.lines", FILE_DESCRIPTOR, () -> Files.lines(file()));
        show("Files.list", FILE_DESCRIPTOR, () -> Files.list(folder()));
        show("Files.walk", FILE_DESCRIPTOR, () -> Files.walk(folder()));
        show("Files.find", FILE_DESCRIPTOR, () -> Files.find(folder(), 1, (path, attributes) -> true));
        show("Files.newDirectoryStream", FILE_DESCRIPTOR, () -> Files.newDirectoryStream(folder()));
        show("FileChannel.open", FILE_DESCRIPTOR, () -> FileChannel.open(file()));
        show("AsynchronousFileChannel", FILE_DESCRIPTOR, () -> AsynchronousFileChannel.open(file()));
        show("ZipFile", FILE_DESCRIPTOR, () -> new ZipFile(zip().toFile()));
        show("JarFile", FILE_DESCRIPTOR, () -> new JarFile(zip().toFile()));
        show("FileSystems.newFileSystem", FILE_DESCRIPTOR, () -> FileSystems.newFileSystem(zip(), Map.of()));
        show("GZIPInputStream", FILE_DESCRIPTOR, () -> new GZIPInputStream(Files.newInputStream(gzip())));
        show("WatchService", FILE_DESCRIPTOR, () -> FileSystems.getDefault().newWatchService());
        show("GZIPOutputStream", FILE_DESCRIPTOR, () -> new GZIPOutputStream(Files.newOutputStream(file())));
        show("ZipOutputStream", FILE_DESCRIPTOR, () -> new ZipOutputStream(Files.newOutputStream(file())));
        show("lock of a file", FILE_DESCRIPTOR, () -> locked(FileChannel.open(file(), WRITE)));
        show("FileHandler", FILE_DESCRIPTOR, () -> closing(new FileHandler(file() + ".log")));
        show("URLClassLoader", FILE_DESCRIPTOR, () -> used(new URLClassLoader(new URL[] {url(zip())})));
        show("made URLClassLoader", FILE_DESCRIPTOR, () -> used(URLClassLoader.newInstance(new URL[] {url(zip())})));
        show("services of a loader", FILE_DESCRIPTOR, () -> searched(new URLClassLoader(new URL[] {url(zip())})));
        showClean("unused URLClassLoader", () -> new URLClassLoader(new URL[] {url(zip())}));
        show("URL.openStream", FILE_DESCRIPTOR, () -> url(file()).openStream());
        show("lost FileInputStream", GARBAGE_COLLECTED, () -> new FileInputStream(file().toFile()));
        show("lost RandomAccessFile", GARBAGE_COLLECTED, () -> new RandomAccessFile(file().toFile(), "rw"));
        show("lost FileChannel", GARBAGE_COLLECTED, () -> FileChannel.open(file()));
        show("lost ZipFile", GARBAGE_COLLECTED, () -> new ZipFile(zip().toFile()));
    }

    private static FileChannel locked(FileChannel channel) throws IOException {
        channel.lock();
        return channel;
    }

    private static AutoCloseable closing(FileHandler handler) {
        return handler::close;
    }

    private static URLClassLoader used(URLClassLoader loader) {
        loader.findResource("hello.txt");
        return loader;
    }

    private static URLClassLoader searched(URLClassLoader loader) {
        ServiceLoader.load(Runnable.class, loader).findFirst();
        return loader;
    }

    private static URL url(Path path) throws IOException {
        return URI.create("file://" + path).toURL();
    }

    private static Path zip() throws IOException {
        Path zip = file(".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("hello.txt"));
            out.write('h');
        }
        return zip;
    }

    private static Path gzip() throws IOException {
        Path gzip = file(".gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write('h');
        }
        return gzip;
    }
}
