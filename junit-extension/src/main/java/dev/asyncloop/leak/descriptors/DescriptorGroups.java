package dev.asyncloop.leak.descriptors;

import dev.asyncloop.jdk.HttpClients;
import dev.asyncloop.jdk.KeptConnections;
import dev.asyncloop.leak.subject.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Groups the descriptors that one object holds, and says what that object is.
 *
 * <p>The kernel says what an epoll watches, and which two descriptors are the ends of one pipe. The rest follows from
 * how the JDK opens things: two descriptors of one directory are one stream, and the two unnamed sockets next to an
 * inotify belong to its watch service. Nothing else in the JDK opens such descriptors.
 */
final class DescriptorGroups {

    private static final String UNREAD = ", of a response that is neither read to its end nor closed";

    private final Path self;

    DescriptorGroups(Path self) {
        this.self = self;
    }

    /** One leak for each object, in the order of its lowest number. */
    List<LeakedDescriptor> group(List<Descriptor> descriptors) {
        return new Grouping(descriptors).run();
    }

    /** The numbers of the descriptors that an epoll watches now. */
    List<Integer> watchedBy(Descriptor epoll) {
        return DescriptorInfo.read(self, epoll.number()).watched();
    }

    /** Whether an epoll of this process watches it now. */
    private boolean isWatchedByAny(Descriptor descriptor) {
        String[] open = self.resolve("fd").toFile().list();
        for (String number : open == null ? new String[0] : open) {
            if (DescriptorInfo.read(self, Integer.parseInt(number)).watched().contains(descriptor.number())) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a TCP socket with one of these local ports. */
    boolean isSocketOf(Set<Integer> localPorts, Descriptor descriptor) {
        SocketTable.@Nullable Entry entry =
                SocketTable.read(self.resolve("net")).find(descriptor.inodeInBrackets());
        return entry != null && localPorts.contains(entry.localPort());
    }

    private final class Grouping {

        private final SortedMap<Integer, Descriptor> rest = new TreeMap<>();
        private final List<LeakedDescriptor> found = new ArrayList<>();
        private final SocketTable sockets = SocketTable.read(self.resolve("net"));
        private final ClosedChannels closed = ClosedChannels.now();

        Grouping(List<Descriptor> descriptors) {
            descriptors.forEach(d -> rest.put(d.number(), d));
        }

        List<LeakedDescriptor> run() {
            each(closed::have, this::closedChannel);
            each(d -> d.isAnonymous("eventpoll"), this::selector);
            each(d -> d.isAnonymous("inotify"), this::watchService);
            each(Descriptor::isPipe, this::pipe);
            each(Descriptor::isSocket, this::socket);
            each(Descriptor::hasPath, this::file);
            each(d -> true, d -> add(DescriptorKind.OTHER, List.of(d), new Target(d.target(), d.target(), "")));
            found.sort(Comparator.comparing(leak -> leak.numbers().getFirst()));
            return List.copyOf(found);
        }

        private void each(Predicate<Descriptor> which, Consumer<Descriptor> describe) {
            List<Descriptor> matching = rest.values().stream().filter(which).toList();
            for (Descriptor descriptor : matching) {
                if (rest.containsKey(descriptor.number())) {
                    describe.accept(descriptor);
                }
            }
        }

        private void closedChannel(Descriptor channel) {
            add(
                    DescriptorKind.CLOSED_CHANNEL,
                    List.of(channel),
                    new Target(ClosedChannels.WORDS, ClosedChannels.WORDS, ""));
        }

        private void selector(Descriptor epoll) {
            List<Integer> watched = watchedBy(epoll);
            List<Descriptor> wakeUps = open(d -> watched.contains(d.number()) && isWakeUp(d));
            // a channel group wakes itself up by a pipe instead
            List<Descriptor> pipes = wakeUps.isEmpty() ? open(d -> d.isPipe() && isWatched(d, watched)) : List.of();
            List<Descriptor> parts = new ArrayList<>(List.of(epoll));
            parts.addAll(wakeUps);
            parts.addAll(pipes);
            String others = watched.stream()
                    .filter(number -> parts.stream().noneMatch(part -> part.number() == number))
                    .sorted()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            String name = pipes.isEmpty() ? "selector" : "asynchronous channel group";
            String members = parts.stream().map(Grouping::member).collect(Collectors.joining(", "));
            addComposite(
                    pipes.isEmpty() ? DescriptorKind.SELECTOR : DescriptorKind.CHANNEL_GROUP,
                    parts,
                    new Target(
                            name + " (" + members + ")" + (others.isEmpty() ? "" : " watching " + others), name, ""));
        }

        /** An eventfd, or the timer that Netty's own selectors have as well. */
        private static boolean isWakeUp(Descriptor watched) {
            return watched.isAnonymous("eventfd") || watched.isAnonymous("timerfd");
        }

        private boolean isWatched(Descriptor pipe, List<Integer> watched) {
            return watched.stream()
                    .map(rest::get)
                    .anyMatch(d -> d != null && d.target().equals(pipe.target()));
        }

        private void watchService(Descriptor inotify) {
            List<Descriptor> parts = new ArrayList<>(List.of(inotify));
            open(this::isUnnamedUnixSocket).stream()
                    .sorted(Comparator.comparing(socket -> socket.number() < inotify.number())) // later ones first
                    .limit(2)
                    .forEach(parts::add);
            String members = parts.stream().map(Grouping::member).collect(Collectors.joining(", "));
            addComposite(
                    DescriptorKind.WATCH_SERVICE,
                    parts,
                    new Target("watch service (" + members + ")", "watch service", ""));
        }

        private boolean isUnnamedUnixSocket(Descriptor descriptor) {
            SocketTable.Entry entry = entry(descriptor);
            return entry != null && entry.unix() && entry.unixPath().isEmpty();
        }

        private SocketTable.@Nullable Entry entry(Descriptor descriptor) {
            return descriptor.isSocket() ? sockets.find(descriptor.inodeInBrackets()) : null;
        }

        private void pipe(Descriptor pipe) {
            List<Descriptor> ends = open(d -> d.target().equals(pipe.target()));
            if (ends.size() > 1) {
                String members =
                        ends.stream().map(end -> end(end) + " " + end.number()).collect(Collectors.joining(", "));
                addComposite(DescriptorKind.PIPE, ends, new Target("pipe (" + members + ")", "pipe", ""));
            } else {
                childProcess(pipe);
            }
        }

        private void childProcess(Descriptor pipe) {
            ChildPipes child = ChildPipes.holding(pipe, self);
            if (child == null) {
                String sort = "pipe (" + end(pipe) + ")";
                add(DescriptorKind.PIPE, List.of(pipe), new Target(sort, sort, ""));
                return;
            }
            List<Descriptor> streams = open(d -> child.pipes().contains(d.target()));
            String members =
                    streams.stream().map(d -> String.valueOf(d.number())).collect(Collectors.joining(", "));
            addComposite(
                    DescriptorKind.CHILD_PROCESS,
                    streams,
                    new Target(
                            "child process " + child.name() + " (" + (streams.size() == 1 ? "pipe " : "pipes ")
                                    + members + ")",
                            "child process",
                            child.name()));
        }

        private String end(Descriptor pipe) {
            return DescriptorInfo.read(self, pipe.number()).writable() ? "write end" : "read end";
        }

        private void socket(Descriptor socket) {
            SocketTable.Entry entry = entry(socket);
            DescriptorKind response = entry == null || entry.listening() ? null : response(socket);
            if (entry != null && response != null) {
                Target target = entry.target();
                add(response, List.of(socket), new Target(target.words() + UNREAD, target.sort(), target.name()));
                return;
            }
            String unlisted = sockets.isEmpty() ? "socket" : "socket, neither bound nor connected";
            add(
                    entry != null && entry.listening() ? DescriptorKind.SERVER_SOCKET : DescriptorKind.SOCKET,
                    List.of(socket),
                    entry == null ? new Target(unlisted, unlisted, "") : entry.target());
        }

        /**
         * The kind of a socket by which a response comes that nobody reads or closes; null if it is none. An
         * {@code HttpClient} watches its connections, idle ones as well, except while a response waits for its reader.
         */
        private @Nullable DescriptorKind response(Descriptor socket) {
            List<StackTraceElement> opened =
                    socket.origin() == null ? List.of() : socket.origin().stack();
            if (KeptConnections.mayKeep(opened)) {
                return DescriptorKind.URL_RESPONSE;
            }
            return HttpClients.haveOpened(opened) && !isWatchedByAny(socket) ? DescriptorKind.RESPONSE : null;
        }

        private void file(Descriptor file) {
            if (!DescriptorInfo.isDirectory(self, file.number())) {
                boolean archive = file.path().endsWith(".jar") || file.path().endsWith(".zip");
                add(archive ? DescriptorKind.ARCHIVE : DescriptorKind.FILE, List.of(file), Target.file(file.target()));
                return;
            }
            List<Descriptor> parts = open(d -> d.target().equals(file.target())).stream()
                    .limit(2)
                    .toList();
            add(DescriptorKind.DIRECTORY, parts, Target.of("directory", file.target()));
        }

        private List<Descriptor> open(Predicate<Descriptor> which) {
            return rest.values().stream().filter(which).toList();
        }

        private void add(DescriptorKind kind, List<Descriptor> parts, Target target) {
            add(new LeakedDescriptor(kind, parts, target, false));
        }

        /** Adds an object whose parts are named by the words of {@code target}. */
        private void addComposite(DescriptorKind kind, List<Descriptor> parts, Target target) {
            add(new LeakedDescriptor(kind, parts, target, true));
        }

        private void add(LeakedDescriptor leak) {
            rest.keySet().removeAll(leak.numbers());
            found.add(leak);
        }

        private static String member(Descriptor part) {
            return part.type() + " " + part.number();
        }
    }
}
