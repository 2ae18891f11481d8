package dev.asyncloop.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The archives that a {@link URLClassLoader} holds open. Any thread. */
public final class LoaderArchives {

    /** Null if the JDK is closed to us, or unknown. */
    private static final @Nullable LoaderArchives JDK = open();

    private final MethodHandle classPath;
    private final MethodHandle closed;
    private final MethodHandle loaders;
    private final MethodHandle archive;
    private final Class<?> ofArchive;

    private LoaderArchives() throws ReflectiveOperationException {
        Class<?> path = Class.forName("jdk.internal.loader.URLClassPath");
        ofArchive = Class.forName(path.getName() + "$JarLoader");
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(path, MethodHandles.lookup());
        classPath = MethodHandles.privateLookupIn(URLClassLoader.class, MethodHandles.lookup())
                .findGetter(URLClassLoader.class, "ucp", path)
                .asType(MethodType.methodType(Object.class, URLClassLoader.class));
        closed = inside.findGetter(path, "closed", boolean.class)
                .asType(MethodType.methodType(boolean.class, Object.class));
        loaders = inside.findGetter(path, "loaders", ArrayList.class)
                .asType(MethodType.methodType(List.class, Object.class));
        archive = inside.findGetter(ofArchive, "jar", JarFile.class)
                .asType(MethodType.methodType(JarFile.class, Object.class));
    }

    private static @Nullable LoaderArchives open() {
        try {
            return new LoaderArchives();
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }

    /** The paths of the archives; empty if the loader is closed, has opened none, or cannot be looked into. */
    public static List<String> heldBy(URLClassLoader loader) {
        try {
            return JDK == null ? List.of() : JDK.paths(loader);
        } catch (Throwable thrown) {
            throw Sneaky.rethrow(thrown);
        }
    }

    private List<String> paths(URLClassLoader loader) throws Throwable {
        Object path = (Object) classPath.invokeExact(loader);
        synchronized (path) { // as it does itself
            if ((boolean) closed.invokeExact(path)) {
                return List.of();
            }
            List<String> paths = new ArrayList<>();
            for (Object each : (List<?>) loaders.invokeExact(path)) {
                JarFile jar = ofArchive.isInstance(each) ? (JarFile) archive.invokeExact(each) : null;
                if (jar != null) {
                    paths.add(jar.getName());
                }
            }
            return paths;
        }
    }
}
