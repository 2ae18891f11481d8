package dev.asyncloop.leak.descriptors;

import dev.asyncloop.leak.subject.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sockets of this machine by inode, as the kernel lists them in {@code /proc/self/net}. */
final class SocketTable {

    private static final List<String> STATES = List.of(
            "UNKNOWN",
            "ESTABLISHED",
            "SYN_SENT",
            "SYN_RECV",
            "FIN_WAIT1",
            "FIN_WAIT2",
            "TIME_WAIT",
            "CLOSE",
            "CLOSE_WAIT",
            "LAST_ACK",
            "LISTEN",
            "CLOSING",
            "NEW_SYN_RECV");
    private static final int TCP_LISTENS = 10; // TCP_LISTEN
    private static final int UNIX_LISTENS = 1 << 16; // __SO_ACCEPTCON

    private final List<Listing> listings;

    /**
     * One socket.
     *
     * @param unixPath the name of a Unix socket; empty if it has none, or for another family
     * @param localPort the local port of a TCP socket; 0 for any other
     */
    record Entry(Target target, boolean listening, boolean unix, String unixPath, int localPort) {}

    /**
     * One list. Only the lines that are asked for are parsed: after many short connections there are thousands.
     *
     * @param inode the column of the inode
     * @param columns how many columns there are at most; 0 for any number
     */
    private record Listing(String content, int inode, int columns, Function<String[], Entry> parser) {

        static Listing read(Path file, int inode, int columns, Function<String[], Entry> parser) {
            String content;
            try {
                content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // names may have any bytes
            } catch (IOException missing) {
                content = "";
            }
            return new Listing(content, inode, columns, parser);
        }

        boolean isEmpty() {
            int heading = content.indexOf('\n');
            return heading < 0 || heading == content.length() - 1;
        }

        /** Skips lines that cannot be parsed, as after a name with a line break. */
        @Nullable
        Entry find(String wanted) {
            String word = " " + wanted;
            for (int at = content.indexOf(word); at >= 0; at = content.indexOf(word, at + 1)) {
                int start = content.lastIndexOf('\n', at) + 1;
                int end = content.indexOf('\n', at);
                String line = content.substring(start, end < 0 ? content.length() : end);
                try {
                    String[] cells = line.strip().split("\\s+", columns);
                    if (start > 0 && cells[inode].equals(wanted)) {
                        return parser.apply(cells);
                    }
                } catch (IndexOutOfBoundsException | IllegalArgumentException noSuchLine) {
                    // no socket of ours has such a name
                }
            }
            return null;
        }
    }

    private SocketTable(List<Listing> listings) {
        this.listings = listings;
    }

    /** Reads the lists of that directory. A missing list is taken as empty. */
    static SocketTable read(Path net) {
        return new SocketTable(List.of(
                Listing.read(net.resolve("tcp"), 9, 0, SocketTable::tcp),
                Listing.read(net.resolve("tcp6"), 9, 0, SocketTable::tcp),
                Listing.read(net.resolve("udp"), 9, 0, SocketTable::udp),
                Listing.read(net.resolve("udp6"), 9, 0, SocketTable::udp),
                Listing.read(net.resolve("unix"), 6, 8, SocketTable::unix)));
    }

    /** The socket of that inode; null if it is not listed, as a socket that is neither bound nor connected. */
    @Nullable
    Entry find(String inode) {
        for (Listing listing : listings) {
            Entry found = listing.find(inode);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether the lists could not be read: some process always has a socket. */
    boolean isEmpty() {
        return listings.stream().allMatch(Listing::isEmpty);
    }

    private static Entry tcp(String[] columns) {
        int code = Integer.parseInt(columns[3], 16);
        String state = STATES.get(Math.min(code, STATES.size() - 1));
        boolean listening = code == TCP_LISTENS;
        String description = listening
                ? "TCP socket listening on " + address(columns[1])
                : "TCP socket " + address(columns[1]) + " -> " + address(columns[2]) + " (" + state + ")";
        Target target = new Target(description, "TCP socket (" + state + ")", "");
        return new Entry(target, listening, false, "", port(columns[1]));
    }

    private static Entry udp(String[] columns) {
        boolean connected = !columns[2].endsWith(":0000");
        String description = connected
                ? "UDP socket " + address(columns[1]) + " -> " + address(columns[2])
                : "UDP socket bound to " + address(columns[1]);
        return new Entry(new Target(description, "UDP socket", ""), false, false, "", 0);
    }

    private static Entry unix(String[] columns) {
        boolean listening = (Integer.parseInt(columns[3], 16) & UNIX_LISTENS) != 0;
        String path = columns.length > 7 ? columns[7] : "";
        String description =
                "unix socket " + (listening ? "listening on " : "") + (path.isEmpty() ? "without a name" : path);
        Target target = new Target(description, listening ? "unix socket, listening" : "unix socket", path);
        return new Entry(target, listening, true, path, 0);
    }

    /** Decodes {@code 0100007F:1F90}: an address in words of four bytes in the machine's byte order, and a port. */
    static String address(String hex) {
        int colon = hex.indexOf(':');
        byte[] address = HexFormat.of().parseHex(hex.substring(0, colon));
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            ByteBuffer words = ByteBuffer.wrap(address);
            for (int i = 0; i < address.length; i += Integer.BYTES) {
                words.putInt(i, Integer.reverseBytes(words.getInt(i)));
            }
        }
        try {
            // an IPv4 address mapped into IPv6 comes out as IPv4
            InetAddress decoded = InetAddress.getByAddress(address);
            return host(decoded) + ":" + port(hex);
        } catch (UnknownHostException e) {
            return hex;
        }
    }

    private static int port(String hex) {
        return HexFormat.fromHexDigits(hex.substring(hex.indexOf(':') + 1));
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text.replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]";
    }
}
