package dev.asyncloop.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the JVM opens for itself, by its path. */
class JvmFilesTests {

    private static final long PID = ProcessHandle.current().pid();

    @Test
    void the_random_devices_are_kept() {
        assertThat(JvmFiles.isRandomDevice("/dev/random")).isTrue();
        assertThat(JvmFiles.isRandomDevice("/dev/urandom")).isTrue();
        assertThat(JvmFiles.isRandomDevice("/dev/null")).isFalse();
    }

    @Test
    void classes_come_from_archives_and_from_the_one_file_of_modules() {
        assertThat(JvmFiles.isArchive("/jdk/lib/modules")).isTrue();
        assertThat(JvmFiles.isArchive("/jdk/lib/jrt-fs.jar")).isTrue();
        assertThat(JvmFiles.isArchive("/jdk/lib/security/cacerts")).isFalse();
        assertThat(JvmFiles.isArchive("/jdk/lib/old-modules")).isFalse();
    }

    @Test
    void tools_attach_to_the_socket_of_this_jvm() {
        assertThat(JvmFiles.isAttachSocket("/tmp/.java_pid" + PID)).isTrue();
        assertThat(JvmFiles.isAttachSocket("/tmp/.java_pid" + PID + ".tmp")).isTrue();
        assertThat(JvmFiles.isAttachSocket("/tmp/.java_pid" + PID + "0")).isFalse();
    }

    @Test
    void the_counters_are_those_of_this_jvm() {
        String folder = "/tmp/hsperfdata_" + System.getProperty("user.name") + "/";
        assertThat(JvmFiles.isPerformanceData(folder + PID)).isTrue();
        assertThat(JvmFiles.isPerformanceData(folder + PID + "0")).isFalse();
    }

    @Test
    void the_class_path_of_this_jvm_is_known() {
        assertThat(JvmFiles.classPaths()).contains(System.getProperty("java.class.path"));
    }
}
