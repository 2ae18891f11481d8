package dev.asyncloop.loop.pools;

import dev.asyncloop.loop.core.Coroutine;
import dev.asyncloop.loop.core.CoroutineKind;
import dev.asyncloop.loop.core.LoopCore;
import dev.asyncloop.loop.pools.PoolSnapshot.Worker;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pools in the dump of a loop, in words: for each its threads, what they do and who gave them that, how many jobs
 * are queued and who gave those, and which task waits for one of them. Any thread.
 */
public final class PoolDump {

    /** How many pools are shown, and of each how many entries for threads, owners and tasks that wait. */
    private static final int FEW = 5;

    /** The test that runs on the loop, or else whose the loop is. */
    private final @Nullable Owner here;

    private PoolDump(@Nullable Owner here) {
        this.here = here;
    }

    /** The lines about the pools that matter to the loop of {@code core}; empty without one. */
    public static String of(LoopCore core) {
        List<Owner> owners = new ArrayList<>();
        Owner here = core.owner();
        for (Coroutine task : core.coroutines()) {
            Owner owner = task.owner();
            if (owner != null && !owners.contains(owner)) {
                owners.add(owner);
            }
            if (task.kind() == CoroutineKind.MAIN) {
                here = owner;
            }
        }
        if (here != null && !owners.contains(here)) {
            owners.add(here);
        }
        try {
            return new PoolDump(here).text(new PoolLook(core, owners).pools());
        } catch (RuntimeException | LinkageError broken) { // perhaps in somebody else's queue
            return "\n  pools cannot be shown: " + broken;
        }
    }

    private String text(List<PoolSnapshot> pools) {
        String shown = pools.stream().limit(FEW).map(this::text).collect(Collectors.joining());
        return pools.size() > FEW ? shown + "\n  and " + (pools.size() - FEW) + " more pools" : shown;
    }

    private String text(PoolSnapshot pool) {
        StringBuilder text = new StringBuilder("\n  ").append(name(pool)).append(" (");
        text.append(pool.working().isEmpty() ? "idle, " : pool.working().size() + " busy of ")
                .append(pool.threads().size())
                .append(pool.threads().size() == 1 ? " thread)" : " threads)");
        text.append(waiting(pool));
        Map<List<Object>, List<Worker>> groups = pool.working().stream()
                .collect(Collectors.groupingBy(PoolDump::alike, LinkedHashMap::new, Collectors.toList()));
        groups.values().stream().limit(FEW).forEach(alike -> text.append(worker(alike)));
        int more = groups.values().stream().skip(FEW).mapToInt(List::size).sum();
        text.append(more == 0 ? "" : "\n       and " + more + " more threads at work");
        return text.append(queue(pool.queue())).toString();
    }

    private static String name(PoolSnapshot pool) {
        if (pool.common()) {
            return "the common pool";
        }
        List<String> names = pool.threads().stream().distinct().toList();
        return names.isEmpty()
                ? pool.type()
                : pool.type() + " of thread" + (pool.threads().size() == 1 ? " \"" : "s \"") + common(names) + '"';
    }

    /** The one name, or what all names begin with. */
    private static String common(List<String> names) {
        String common = names.get(0);
        for (String name : names) {
            while (!name.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return names.size() == 1 ? common : common + '*';
    }

    private static String waiting(PoolSnapshot pool) {
        StringJoiner text = new StringJoiner(", ", pool.waiting().isEmpty() ? "" : ": ", "");
        for (PoolSnapshot.Waiting each : pool.waiting().stream().limit(FEW).toList()) {
            text.add(each.task() + " waits for a job that "
                    + (each.thread() == null ? "is queued here" : "thread \"" + each.thread() + "\" does"));
        }
        int more = pool.waiting().size() - FEW;
        return more > 0 ? text.add("and " + more + " more wait").toString() : text.toString();
    }

    /** What threads have in common that become one entry. */
    private static List<Object> alike(Worker worker) {
        return List.of(
                worker.owner() == null ? "" : worker.owner(),
                worker.call(),
                String.valueOf(worker.awaits()),
                worker.given().stream().limit(1).toList(),
                worker.waiting().stream().limit(1).toList());
    }

    private String worker(List<Worker> alike) {
        Worker first = alike.get(0);
        String awaits = first.awaits() == null
                ? ""
                : switch (first.awaits()) {
                    case QUEUED_HERE -> ", of a job that is queued here";
                    case QUEUED_ELSEWHERE -> ", of a job that is queued in another pool";
                    case UNDER_WAY -> ", of a job that another thread does";
                };
        return "\n       " + (alike.size() == 1 ? "" : alike.size() + " like ")
                + "thread \"" + first.thread() + "\" with a job of " + name(first.owner())
                + " (" + (first.call().isEmpty() ? "running" : "in " + first.call()) + awaits + ")"
                + frame("given    ", first.given())
                + frame("waiting  ", first.waiting());
    }

    private static String frame(String word, List<StackTraceElement> stack) {
        return stack.isEmpty() ? "" : "\n            " + word + stack.get(0);
    }

    private String queue(PoolSnapshot.Queue queue) {
        if (queue.jobs() == 0) {
            return "";
        }
        Map<String, Integer> byName = new LinkedHashMap<>();
        queue.owners().forEach((owner, jobs) -> byName.merge(name(owner), jobs, Integer::sum));
        List<Map.Entry<String, Integer>> byNumber = byName.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .toList();
        StringJoiner givers = new StringJoiner(", ");
        for (Map.Entry<String, Integer> each : byNumber.stream().limit(FEW).toList()) {
            givers.add(each.getValue() + " by " + each.getKey());
        }
        if (byNumber.size() > FEW) {
            givers.add(byNumber.stream().skip(FEW).mapToInt(Map.Entry::getValue).sum() + " by others");
        }
        if (queue.seen() == queue.jobs() && queue.delayed() == 0 && byNumber.size() == 1) {
            return "\n       " + queue.jobs() + " queued by " + byNumber.get(0).getKey();
        }
        return "\n       " + queue.jobs() + " queued"
                + (queue.delayed() == 0 ? "" : ", " + queue.delayed() + " of them not due")
                + (queue.seen() == 0 ? "" : ": ")
                + (queue.seen() > 0 && queue.seen() < queue.jobs() ? "of the first " + queue.seen() + ", " : "")
                + givers;
    }

    private String name(@Nullable Owner owner) {
        return owner == null ? "nobody known" : Objects.equals(owner, here) ? "this test" : owner.name();
    }
}
