#include <config.h>

#include "server/seccomp.h"

#if defined WITH_SECCOMP && !defined WITH_SANITIZER

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

/*
 * By name, since not every processor has every call; what this one lacks is
 * skipped.  The list holds what the libraries may use under other versions of
 * themselves as well.
 */
static const char *const allowed[] = {
	/* connections */
	"accept", "accept4", "connect", "epoll_create1", "epoll_ctl",
	"epoll_pwait", "epoll_pwait2", "epoll_wait", "eventfd2", "getpeername",
	"getsockname", "getsockopt", "listen", "poll", "ppoll", "pselect6",
	"recv", "recvfrom", "recvmsg", "select", "send", "sendmmsg", "sendmsg",
	"sendto", "setsockopt", "shutdown",
	/* files */
	"_llseek", "access", "close", "close_range", "dup", "dup2", "dup3",
	"faccessat", "faccessat2", "fcntl", "fcntl64", "fdatasync", "flock",
	"fstat", "fstat64", "fstatat64", "fstatfs", "fstatfs64", "fsync",
	"ftruncate", "ftruncate64", "getcwd", "getdents", "getdents64",
	"lseek", "lstat", "lstat64", "newfstatat", "open", "openat",
	"pread64", "preadv", "pwrite64", "pwritev", "read", "readlink",
	"readlinkat", "readv", "stat", "stat64", "statfs", "statfs64",
	"statx", "umask", "unlink", "unlinkat", "write", "writev",
	/* memory */
	"brk", "madvise", "membarrier", "mincore", "mremap", "msync",
	"munmap",
	/* threads and signals */
	"exit", "exit_group", "futex", "futex_time64", "get_robust_list",
	"gettid", "restart_syscall", "rseq", "rt_sigaction", "rt_sigpending",
	"rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait",
	"rt_sigtimedwait_time64", "sched_getaffinity", "sched_getparam",
	"sched_getscheduler", "sched_yield", "set_robust_list",
	"set_tid_address", "sigaltstack", "sigreturn", "tgkill",
	/* time, and who we are */
	"clock_getres", "clock_gettime", "clock_gettime64", "clock_nanosleep",
	"clock_nanosleep_time64", "getegid", "geteuid", "getgid", "getpgrp",
	"getpid", "getppid", "getrandom", "getrlimit", "getrusage", "getuid",
	"gettimeofday", "nanosleep", "prlimit64", "sysinfo", "time", "times",
	"ugetrlimit", "uname",
};

/* No server does these by mistake. */
static const char *const deadly[] = {
	"execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv",
	"process_vm_writev", "kexec_load", "kexec_file_load", "init_module",
	"finit_module", "bpf", "mount", "pivot_root", "chroot", "setns",
	"unshare",
};

/* Allowed as long as the bits of `mask` in an argument are `value`. */
static const struct conditional {
	const char *name;
	unsigned argument;
	scmp_datum_t mask, value;
} conditionals[] = {
	{ "mmap", 2, PROT_EXEC, 0 },
	{ "mmap2", 2, PROT_EXEC, 0 },
	{ "mprotect", 2, PROT_EXEC, 0 },
	{ "clone", 0, CLONE_THREAD, CLONE_THREAD },
	{ "socket", 0, UINT32_MAX, AF_UNIX },
	{ "prctl", 0, UINT32_MAX, PR_SET_NAME },
	/* what is unread, and whether it is a terminal: none types into it */
	{ "ioctl", 1, UINT32_MAX, FIONREAD },
	{ "ioctl", 1, UINT32_MAX, TCGETS },
};

/* Zero, or what the library says, which is an errno with a minus. */
static int
add_names(scmp_filter_ctx filter, uint32_t action, const char *const *names,
    size_t count)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		int call = seccomp_syscall_resolve_name(names[i]);

		if (call != __NR_SCMP_ERROR)
			rc = seccomp_rule_add(filter, action, call, 0);
	}
	return rc;
}

static int
add_conditionals(scmp_filter_ctx filter)
{
	size_t count = sizeof conditionals / sizeof conditionals[0];
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		const struct conditional *c = &conditionals[i];
		int call = seccomp_syscall_resolve_name(c->name);

		if (call != __NR_SCMP_ERROR)
			rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
			    SCMP_CMP(c->argument, SCMP_CMP_MASKED_EQ, c->mask,
			    c->value));
	}
	return rc;
}

/*
 * The flags of clone3() lie in memory, where no filter can see them.  A C
 * library that is told there is no such call takes clone().
 */
static int
hide_clone3(scmp_filter_ctx filter)
{
	static const char *const names[] = { "clone3" };

	return add_names(filter, SCMP_ACT_ERRNO(ENOSYS), names, 1);
}

const char *
seccomp_enter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int rc;

	if (filter == NULL)
		return "it cannot be made";
	/* A tree instead of a list: each call is looked up in it. */
	rc = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (rc == 0)
		rc = add_names(filter, SCMP_ACT_ALLOW, allowed,
		    sizeof allowed / sizeof allowed[0]);
	if (rc == 0)
		rc = add_names(filter, SCMP_ACT_KILL_PROCESS, deadly,
		    sizeof deadly / sizeof deadly[0]);
	if (rc == 0)
		rc = add_conditionals(filter);
	if (rc == 0)
		rc = hide_clone3(filter);
	if (rc == 0)
		rc = seccomp_load(filter);
	seccomp_release(filter);
	return rc == 0 ? NULL : strerror(-rc);
}

#else

const char *
seccomp_enter(void)
{
#ifdef WITH_SECCOMP
	return "sanitizers need more than it allows";
#else
	return "built without it";
#endif
}

#endif
