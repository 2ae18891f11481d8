package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URL;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Scanner;
import java.util.jar.JarFile;
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
        show("URL.openStream", FILE_DESCRIPTOR, () -> url(file()).openStream());
    }

    private static URL url(Path path) throws IOException {
        return URI.create("file://" + path).toURL();
    }

    private static Path zip() throws IOException {
        Path zip = Files.createTempFile(folder(), "zoo", ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("hello.txt"));
            out.write('h');
        }
        return zip;
    }

    private static Path gzip() throws IOException {
        Path gzip = Files.createTempFile(folder(), "zoo", ".gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write('h');
        }
        return gzip;
    }
}
