package dev.asyncloop.leak.text;

import dev.asyncloop.leak.subject.Holder;
import dev.asyncloop.leak.subject.Holder.Closer;
import dev.asyncloop.leak.subject.Holder.Root;
import dev.asyncloop.leak.subject.Holder.Step;
import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for who holds a thing. */
public final class HolderWords {

    /** What to do about a thing that the run keeps. */
    public static final String FIX_OF_KEPT = "nothing, if it is to live as long as the run";

    /** How many steps between the first object and the last are named. */
    private static final int MOST_STEPS = 2;

    private HolderWords() {}

    /** Who holds a thing, such as {@code by the static OrderTests.client (OkHttpClient) -> … -> Socket}. */
    public static String of(Holder holder) {
        return switch (holder) {
            case Holder.Path path -> "by " + root(path.root(), name(path.root())) + steps(path);
            case Holder.Nobody none -> "by nobody any more: only the garbage collector can close it";
            case Holder.PerhapsThread thread ->
                "perhaps by a local variable of thread \"" + thread.name() + "\", which runs";
            case Holder.Unknown unknown ->
                "not known: looked at " + String.format("%,d", unknown.objects()) + " objects";
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
        List<Step> steps = visible(path.steps());
        List<String> fields = new ArrayList<>();
        for (Step step : steps.subList(1, steps.size())) {
            if (!step.by().isEmpty()) {
                fields.add(step.by());
            }
        }
        if (fields.size() > MOST_STEPS) {
            fields.subList(1, fields.size()).clear();
            fields.add("…");
        }
        if (steps.size() > 1) {
            fields.add(steps.getLast().type());
        }
        String first =
                path.root().kind() == Root.Kind.STATIC ? " (" + steps.getFirst().type() + ")" : "";
        return first + fields.stream().map(" -> "::concat).collect(Collectors.joining());
    }

    /** The steps without the descriptor itself, which says nothing of what it is of. */
    private static List<Step> visible(List<Step> steps) {
        int last = steps.size();
        while (last > 1 && steps.get(last - 1).type().equals(FileDescriptor.class.getSimpleName())) {
            last--;
        }
        return steps.subList(0, last);
    }
}
