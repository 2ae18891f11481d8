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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    private final Map<String, Entry> byInode = new HashMap<>();

    /**
     * One socket.
     *
     * @param unixPath the name of a Unix socket; empty if it has none, or for another family
     * @param localPort the local port of a TCP socket; 0 for any other
     */
    record Entry(Target target, boolean listening, boolean unix, String unixPath, int localPort) {}

    private SocketTable() {}

    /** Reads the lists of that directory. A missing list is taken as empty. */
    static SocketTable read(Path net) {
        SocketTable table = new SocketTable();
        eachLine(net.resolve("tcp"), line -> table.addTcp(line.split("\\s+")));
        eachLine(net.resolve("tcp6"), line -> table.addTcp(line.split("\\s+")));
        eachLine(net.resolve("udp"), line -> table.addUdp(line.split("\\s+")));
        eachLine(net.resolve("udp6"), line -> table.addUdp(line.split("\\s+")));
        eachLine(net.resolve("unix"), line -> table.addUnix(line.split("\\s+", 8)));
        return table;
    }

    /** The socket of that inode; null if it is not listed, as a socket that is neither bound nor connected. */
    @Nullable
    Entry find(String inode) {
        return byInode.get(inode);
    }

    /** Whether the lists could not be read: some process always has a socket. */
    boolean isEmpty() {
        return byInode.isEmpty();
    }

    private void addTcp(String[] columns) {
        int code = Integer.parseInt(columns[3], 16);
        String state = STATES.get(Math.min(code, STATES.size() - 1));
        boolean listening = code == TCP_LISTENS;
        String description = listening
                ? "TCP socket listening on " + address(columns[1])
                : "TCP socket " + address(columns[1]) + " -> " + address(columns[2]) + " (" + state + ")";
        Target target = new Target(description, "TCP socket (" + state + ")", "");
        byInode.put(columns[9], new Entry(target, listening, false, "", port(columns[1])));
    }

    private void addUdp(String[] columns) {
        boolean connected = !columns[2].endsWith(":0000");
        String description = connected
                ? "UDP socket " + address(columns[1]) + " -> " + address(columns[2])
                : "UDP socket bound to " + address(columns[1]);
        Target target = new Target(description, "UDP socket", "");
        byInode.put(columns[9], new Entry(target, false, false, "", 0));
    }

    private void addUnix(String[] columns) {
        boolean listening = (Integer.parseInt(columns[3], 16) & UNIX_LISTENS) != 0;
        String path = columns.length > 7 ? columns[7] : "";
        String description =
                "unix socket " + (listening ? "listening on " : "") + (path.isEmpty() ? "without a name" : path);
        Target target = new Target(description, listening ? "unix socket, listening" : "unix socket", path);
        byInode.put(columns[6], new Entry(target, listening, true, path, 0));
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

    /** Passes on each line after the heading. Skips lines that cannot be parsed, as after a name with a line break. */
    private static void eachLine(Path file, Consumer<String> add) {
        String content;
        try {
            content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // names may have any bytes
        } catch (IOException missing) {
            return;
        }
        content.lines().skip(1).forEach(line -> {
            try {
                add.accept(line.strip());
            } catch (IndexOutOfBoundsException | IllegalArgumentException noSuchLine) {
                // no socket of ours has such a name
            }
        });
    }
}
