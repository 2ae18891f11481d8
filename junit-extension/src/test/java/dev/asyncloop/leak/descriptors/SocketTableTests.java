package dev.asyncloop.leak.descriptors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncloop.leak.subject.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTableTests {

    @TempDir
    Path net;

    @Test
    void addresses_are_decoded() {
        assertThat(SocketTable.address("0100007F:1F90")).isEqualTo("127.0.0.1:8080");
        assertThat(SocketTable.address("00000000:0000")).isEqualTo("0.0.0.0:0");
        assertThat(SocketTable.address("00000000000000000000000001000000:0050")).isEqualTo("[::1]:80");
        assertThat(SocketTable.address("00000000000000000000000000000000:FFFF")).isEqualTo("[::]:65535");
        assertThat(SocketTable.address("B80D0120000000000000000001000000:01BB")).isEqualTo("[2001:db8::1]:443");
        assertThat(SocketTable.address("0000000000000000FFFF00000100007F:1F90")).isEqualTo("127.0.0.1:8080");
    }

    @Test
    void sockets_are_found_by_inode() throws IOException {
        write("tcp", """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 00 100 0
               1: 0100007F:A112 0100007F:0050 08 00000000:00000000 00:00000000 00000000     0        0 12 1 00 20 4
            """);
        write("udp6", """
              sl  local_address                         remote_address                        st tx_queue rx_queue
              0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 0:0 00:0 0 0 0 13 2
            """);
        write("unix", """
            Num       RefCount Protocol Flags    Type St Inode Path
            0000000000000000: 00000002 00000000 00010000 0001 01 14 /tmp/a socket
            0000000000000000: 00000003 00000000 00000000 0001 03 15
            """);
        SocketTable table = SocketTable.read(net);
        assertThat(table.find("11"))
                .isEqualTo(new SocketTable.Entry(
                        new Target("TCP socket listening on 127.0.0.1:8080", "TCP socket (LISTEN)", ""),
                        true,
                        false,
                        "",
                        8080));
        assertThat(table.find("12"))
                .isEqualTo(new SocketTable.Entry(
                        new Target(
                                "TCP socket 127.0.0.1:41234 -> 127.0.0.1:80 (CLOSE_WAIT)",
                                "TCP socket (CLOSE_WAIT)",
                                ""),
                        false,
                        false,
                        "",
                        41234));
        assertThat(table.find("13"))
                .isEqualTo(new SocketTable.Entry(
                        new Target("UDP socket bound to [::1]:53", "UDP socket", ""), false, false, "", 0));
        assertThat(table.find("14"))
                .isEqualTo(new SocketTable.Entry(
                        new Target("unix socket listening on /tmp/a socket", "unix socket, listening", "/tmp/a socket"),
                        true,
                        true,
                        "/tmp/a socket",
                        0));
        assertThat(table.find("15"))
                .isEqualTo(new SocketTable.Entry(
                        new Target("unix socket without a name", "unix socket", ""), false, true, "", 0));
        assertThat(table.find("16")).isNull();
    }

    @Test
    void missing_lists_are_empty() {
        assertThat(SocketTable.read(net.resolve("none")).find("11")).isNull();
    }

    private void write(String list, String lines) throws IOException {
        Files.writeString(net.resolve(list), lines);
    }
}
