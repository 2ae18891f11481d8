package dev.asyncloop.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Our agent, as the build makes it, but with the one class that the JVM asks for, and without leave to edit classes. */
public final class AgentJar {

    private static final String AGENT = "dev.asyncloop.agent.Agent";

    private AgentJar() {}

    /** The option of the JVM for an agent in {@code folder}. */
    public static String option(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", AGENT);
        Path jar = folder.resolve("agent.jar");
        String name = AGENT.replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest);
                InputStream type = AgentJar.class.getClassLoader().getResourceAsStream(name)) {
            entries.putNextEntry(new ZipEntry(name));
            type.transferTo(entries);
        }
        return "-javaagent:" + jar;
    }
}
