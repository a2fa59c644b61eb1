// OpenMP's threads wait for each other by spinning; where other programs want the cores too, that makes a step ten times
// slower and more. Whether they spin is read from the environment while the libraries are loaded, before main(), so the
// program starts itself anew, once and before anything is initialised, having asked for sleep. It costs 50 ms.
#include <unistd.h>

#include <array>
#include <cstring>

namespace {

constexpr const char* kSleep = "OMP_WAIT_POLICY=PASSIVE";

void startAnew(int, char** argv, char** environment) {
  constexpr std::size_t kMost = 4096;
  static std::array<char*, kMost + 2> changed;
  std::size_t count = 0;
  for (; environment[count] != nullptr; ++count) {
    for (const char* name : {"GOMP_SPINCOUNT=", "OMP_WAIT_POLICY="}) {
      if (std::strncmp(environment[count], name, std::strlen(name)) == 0) return;  // somebody has decided
    }
    if (count == kMost) return;
    changed[count] = environment[count];
  }
  changed[count] = const_cast<char*>(kSleep);
  execve("/proc/self/exe", argv, changed.data());  // where that is impossible, all goes on as it is
}

}  // namespace

__attribute__((section(".preinit_array"), used)) static void (*const hook)(int, char**, char**) = startAnew;
