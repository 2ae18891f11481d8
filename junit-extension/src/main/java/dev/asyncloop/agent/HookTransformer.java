package dev.asyncloop.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Inserts hooks into classes of the JDK, and of libraries in whichever class loader: at once into loaded classes, and
 * into others while they are loaded. Of a class without hooks it looks at the name.
 *
 * <p>It stays for as long as the JVM runs. Another agent may edit such a class later, as Mockito does for a mock of it.
 * That agent starts from the class without hooks, and the class passes here again. Any thread.
 */
final class HookTransformer implements ClassFileTransformer {

    /** The JDK's loader of what is not needed by all, such as {@code java.net.http}. */
    private static final ClassLoader OF_THE_PLATFORM = ClassLoader.getPlatformClassLoader();

    /** The hooks in the JDK by the internal name of their class. Not changed once it is in use. */
    private final Map<String, List<Hook>> targets = new HashMap<>();

    /** The same for those in libraries. */
    private final Map<String, List<Hook>> targetsInLibraries = new HashMap<>();

    private final List<Hook> missing = new CopyOnWriteArrayList<>();

    private HookTransformer(List<Hook> hooks) {
        for (Hook hook : hooks) {
            Map<String, List<Hook>> hooksThere = hook.place().isInJdk() ? targets : targetsInLibraries;
            String target = hook.place().target().replace('.', '/');
            hooksThere.putIfAbsent(target, new ArrayList<>());
            hooksThere.get(target).add(hook);
        }
    }

    /**
     * Begins to insert hooks. With {@code loadAll}, all their classes are loaded, so that it is known whether they have
     * all their places.
     */
    static HookTransformer insert(Instrumentation instrumentation, List<Hook> hooks, boolean loadAll)
            throws UnmodifiableClassException {
        HookTransformer transformer = new HookTransformer(hooks);
        instrumentation.addTransformer(transformer, true);
        try {
            transformer.editLoaded(instrumentation);
            if (loadAll) {
                transformer.loadOthers();
            }
        } catch (Throwable unknownJdk) {
            instrumentation.removeTransformer(transformer);
            throw unknownJdk;
        }
        return transformer;
    }

    private void editLoaded(Instrumentation instrumentation) throws UnmodifiableClassException {
        Set<String> names = names(targets);
        Set<String> namesInLibraries = names(targetsInLibraries);
        List<Class<?>> loaded = new ArrayList<>();
        List<Class<?>> inLibraries = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!isOfJdk(type.getClassLoader())) {
                if (namesInLibraries.contains(type.getName())) {
                    inLibraries.add(type);
                }
            } else if (names.contains(type.getName())) {
                loaded.add(type);
            }
        }
        instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        for (Class<?> type : inLibraries) {
            try {
                instrumentation.retransformClasses(type);
            } catch (Throwable unknownVersion) {
                missing.addAll(Objects.requireNonNull(
                        targetsInLibraries.get(type.getName().replace('.', '/'))));
            }
        }
    }

    private static Set<String> names(Map<String, List<Hook>> targets) {
        Set<String> names = new HashSet<>();
        for (String internal : targets.keySet()) {
            names.add(internal.replace('/', '.'));
        }
        return names;
    }

    private void loadOthers() {
        targets.forEach((name, hooks) -> {
            try {
                Class.forName(name.replace('/', '.'), false, OF_THE_PLATFORM);
            } catch (ClassNotFoundException otherSystem) { // such as one without epoll, or without that module
                missing.addAll(hooks);
            }
        });
    }

    private static boolean isOfJdk(@Nullable ClassLoader loader) {
        return loader == null || loader == OF_THE_PLATFORM;
    }

    /** The hooks for which an edited class had no place. */
    List<Hook> missing() {
        return missing;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> loadedBefore,
            @Nullable ProtectionDomain domain,
            byte[] code) {
        List<Hook> hooks =
                internalName == null ? null : (isOfJdk(loader) ? targets : targetsInLibraries).get(internalName);
        if (hooks == null) {
            return null;
        }
        Set<Hook> left = Collections.newSetFromMap(new IdentityHashMap<>()); // quicker at a start than by equality
        left.addAll(hooks);
        try {
            return HookInserter.edited(code, hooks, left, !JdkEditor.knowsThisJdk());
        } catch (Throwable unknown) { // which the JVM would pass over in silence
            left.addAll(hooks);
            return null;
        } finally {
            missing.addAll(left);
        }
    }
}
