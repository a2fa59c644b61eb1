#include "tests/fuzz/targets.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace likeness {

std::span<const FuzzTarget> fuzzTargets() {
  static constexpr std::array<FuzzTarget, 5> kTargets{{{"safetensors", fuzzSafetensors, safetensorsSeeds},
                                                       {"zip", fuzzZip, zipSeeds},
                                                       {"pickle", fuzzPickle, pickleSeeds},
                                                       {"torch_zip", fuzzTorchFile, zipSeeds},
                                                       {"torch_legacy", fuzzTorchFile, torchLegacySeeds}}};
  return kTargets;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace likeness
