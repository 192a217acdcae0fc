/* Preloaded into a bot: counts what it has the disk make sure of, and makes that as slow as a cheap disk is.
 * BENCH_SYNCS names a file of eight bytes with the count; BENCH_SYNC_MS says how long each takes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static uint64_t *count;
static long milliseconds;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("BENCH_SYNCS"), *slow = getenv("BENCH_SYNC_MS");
    milliseconds = slow ? atol(slow) : 0;
    int opened = file ? open(file, O_RDWR) : -1;
    if (opened < 0) return;
    void *mapped = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
    if (mapped != MAP_FAILED) count = mapped;
    close(opened);
}

static void note(void) {
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    if (count) __atomic_add_fetch(count, 1, __ATOMIC_RELAXED);
    if (milliseconds) nanosleep(&pause, NULL);
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    note();
    return real(file);
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    note();
    return real(file);
}
