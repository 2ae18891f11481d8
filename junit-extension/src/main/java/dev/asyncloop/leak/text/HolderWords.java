package dev.asyncloop.leak.text;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.leak.subject.Holder.Closer;
import dev.asyncloop.leak.subject.Holder.Root;
import dev.asyncloop.leak.subject.Holder.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words for who holds a thing. */
public final class HolderWords {

    /** How many steps between the first object and the last are named. */
    private static final int MOST_STEPS = 2;

    private HolderWords() {}

    /** Who holds a thing of that kind, such as {@code by the static OrderTests.client (OkHttpClient) -> … -> Socket}. */
    public static Optional<String> of(Holder holder, LeakKind kind) {
        return switch (holder) {
            case Holder.Path path -> Optional.of("by " + root(path.root(), name(path.root())) + steps(path));
            case Holder.Nobody none -> Optional.of(nobody(kind));
            case Holder.PerhapsThread thread ->
                Optional.of("perhaps by a local variable of thread \"" + thread.name() + "\", which runs");
            case Holder.Unknown unknown ->
                Optional.of("not known: looked at " + String.format("%,d", unknown.objects()) + " objects");
        };
    }

    private static String nobody(LeakKind kind) {
        return switch (kind) {
            case PLATFORM_THREAD -> "by nobody else: it goes on by itself";
            case EXECUTOR -> "by nobody but its own threads";
            default -> "by nobody any more: only the garbage collector can close it";
        };
    }

    /** What to do about a thing that is held; empty if its holder says nothing about that. */
    public static Optional<String> fix(Holder holder) {
        return holder instanceof Holder.Path path && isOfClassOrRun(path.root().kind())
                ? Optional.of(fix(path, path.closer()))
                : Optional.empty();
    }

    private static boolean isOfClassOrRun(Root.Kind kind) {
        return kind == Root.Kind.STATIC || kind == Root.Kind.STORE;
    }

    private static String fix(Holder.Path path, @Nullable Closer closer) {
        String what = path.root().kind() == Root.Kind.STATIC ? name(path.root()) : "what the extension keeps";
        return closer == null
                ? "end what " + name(path.root()) + " keeps ("
                        + path.steps().getFirst().type() + ")"
                : "close " + what + " in @AfterAll, by " + closer.type() + "." + closer.method() + "()";
    }

    /** What a root is called, with the full name of its class. */
    public static String of(Root root) {
        return root(root, root.type() + (root.member().isEmpty() ? "" : "." + root.member()));
    }

    /** The short name of a root, such as {@code OrderTests.client}. */
    private static String name(Root root) {
        String type = root.type().substring(root.type().lastIndexOf('.') + 1).replace('$', '.');
        return root.member().isEmpty() ? type : type + "." + root.member();
    }

    private static String root(Root root, String name) {
        return switch (root.kind()) {
            case STATIC -> "the static " + name;
            case INSTANCE -> "the instance of " + name;
            case STORE -> "an extension, in the store of " + (root.type().isEmpty() ? "the run" : name);
            case THREAD -> "thread \"" + root.type() + "\"";
            case REGISTER -> "the static " + name + " only, which keeps it for nobody";
            case JDK -> "the JDK only, in " + name;
        };
    }

    private static String steps(Holder.Path path) {
        List<Step> steps = path.steps();
        List<String> words = new ArrayList<>();
        for (Step step : steps.subList(1, steps.size())) {
            if (!step.by().isEmpty()) {
                words.add(step.by());
            }
        }
        if (words.size() > MOST_STEPS) {
            words.subList(1, words.size() - 1).clear();
            words.add(1, "…");
        }
        String first =
                path.root().kind() == Root.Kind.STATIC ? " (" + steps.getFirst().type() + ")" : "";
        return first
                + (words.isEmpty() ? "" : " -> " + String.join(" -> ", words))
                + (steps.size() > 1 ? " (" + steps.getLast().type() + ")" : "");
    }
}
