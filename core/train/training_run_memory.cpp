#include "core/tensor/memory.h"
#include "core/tensor/out_of_memory.h"
#include "core/train/memory_changes.h"
#include "core/train/training_run.h"

namespace likeness {

TrainingRun::StepLosses TrainingRun::passes() {
  for (;;) {
    try {
      return passesOnce();
    } catch (...) {
      if (!isOutOfMemory()) throw;
    }
    takeLess();  // outside the handler, so that what the failed pass held is free
  }
}

TrainingRun::StepLosses TrainingRun::passesOnce() {
  const auto perStep = m_config.batchSize * m_config.gradientAccumulation;
  StepLosses sum;
  m_weights->clearGradients();
  for (std::int64_t first = 0; first < perStep; first += m_photosAtOnce) {
    proceed();
    const auto count = std::min(m_photosAtOnce, perStep - first);
    const auto batches = m_pass->assemble(m_done, first, count);
    if (first == 0) m_weights->narrowGradients(count == perStep && batches.size() == 1);
    for (const auto& batch : batches) {
      const auto loss = passBackward(batch);
      sum.instance = sum.instance.defined() ? sum.instance + loss.instance : loss.instance;
      if (loss.prior.defined()) sum.prior = sum.prior.defined() ? sum.prior + loss.prior : loss.prior;
    }
  }
  return sum;
}

void TrainingRun::takeLess() {
  m_weights->abandonPass();
  m_weights->clearGradients();
  releaseFreedMemory();
  auto now = m_config;
  now.gradientCheckpointing = m_recompute;
  now.gradientAccumulation = m_config.batchSize * m_config.gradientAccumulation / m_photosAtOnce;
  now.batchSize = m_photosAtOnce;
  for (const auto& change : memoryChanges(now, {})) {
    if (!change.sameResult) continue;
    now = withSettings(now, change.settings);
    m_photosAtOnce = now.batchSize;
    m_recompute = now.gradientCheckpointing;
    applyLess();
    m_observer.onNotice({true, "less_memory",
                         "Memory ran out in the step after step " + std::to_string(m_done) +
                             ". The run goes on from there as with " + settingsText(change.settings) + " (" +
                             change.remark + ")."});
    return;
  }
  throw ErrorException({ErrorCode::OutOfMemory,
                        "Memory ran out in the step after step " + std::to_string(m_done) + ". " +
                            (m_last ? "The checkpoint of step " + std::to_string(m_last->step) + " is kept."
                                    : "No checkpoint had been saved yet.")});
}

void TrainingRun::applyLess() {
  setRecompute(m_model, m_recompute);
  m_pass->takeAtOnce(m_photosAtOnce);
}

}  // namespace likeness
