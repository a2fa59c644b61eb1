#pragma once
#include "core/engine/engine.h"

namespace likeness {

struct EngineSettings {
  int threads = 0;  ///< intra-op threads of the core lane; 0: as many as the machine has cores
};

/// What the engine really does: the jobs of core/api/job.h on projects and models. Copies share opened models.
/// The computing jobs set grad mode and thread count of the thread that runs them.
[[nodiscard]] JobFunction makeJobs(const EngineSettings& settings = {});

}  // namespace likeness
