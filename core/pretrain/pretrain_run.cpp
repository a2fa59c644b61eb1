#include "core/pretrain/pretrain_run.h"

#include <algorithm>
#include <chrono>

#include "core/data/photo_reader.h"
#include "core/pretrain/captioned_pictures.h"
#include "core/pretrain/model_plan.h"
#include "core/pretrain/pretrain_draws.h"
#include "core/pretrain/pretrain_recorder.h"
#include "core/pretrain/pretrained_model.h"
#include "core/pretrain/sample_sheets.h"
#include "core/tensor/memory.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

int shorterSideFor(const PretrainConfig& config) {
  constexpr std::int64_t kTimes = 5;  // crops are reduced from three times their size
  std::int64_t largest = 0;
  const auto look = [&](const PretrainStage& stage) {
    for (const auto& phase : stage.phases) largest = std::max(largest, phase.size);
  };
  look(config.vaeStage), look(config.unetStage);
  return static_cast<int>(kTimes * largest);
}

std::vector<fs::path> filesOf(const std::vector<CaptionedPicture>& pictures) {
  std::vector<fs::path> files;
  for (const auto& picture : pictures) files.push_back(picture.file);
  return files;
}

std::vector<fs::path> extraFiles(const fs::path& folder) {
  auto files = listPhotoFiles({folder}).value();
  if (!files.empty()) return files;
  throw ErrorException({ErrorCode::NotFound, "There are no pictures in " + folder.string() +
                                                 ". Put some there, or leave vae_pictures out.", {}, folder.string()});
}

// One pretraining from where it stands to where it rests.
class PretrainRun {
 public:
  PretrainRun(const PretrainConfig& config, const PretrainOptions& options, JobControl& control, TrainObserver& observer)
      : m_config(config),
        m_stopAfter(options.stopAfter > 0 ? std::min(options.stopAfter, config.steps()) : config.steps()),
        m_control(control),
        m_observer(observer),
        m_plan(planModel(config).value()),
        m_captioned(listCaptionedPictures(config.pictures).value()),
        m_pictures(filesOf(m_captioned), shorterSideFor(config)),
        m_folder(PretrainFolder::open(config, options.resume).value()) {
    if (!config.vaePictures.empty()) m_extra.emplace(extraFiles(config.vaePictures), shorterSideFor(config));
  }

  PretrainOutcome run() {
    if (exists(m_folder.model())) return {m_config.steps(), m_folder.model(), true};
    m_checkpoint = m_folder.newest();
    if (m_checkpoint) m_step = m_checkpoint->step;
    warnOfThreads();
    m_recorder.emplace(m_folder, m_step, m_observer);
    if (!exists(m_folder.vae())) teachVae();
    if (!exists(m_folder.vae())) return {m_step, {}};
    teachUNet();
    return {m_step, exists(m_folder.model()) ? m_folder.model() : fs::path()};
  }

 private:
  static bool exists(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
  }

  void warnOfThreads() {
    if (!m_checkpoint || m_checkpoint->threads == at::get_num_threads()) return;
    m_observer.onNotice({true, "threads", "This run began with " + std::to_string(m_checkpoint->threads) +
                                              " threads; with another number its last bits differ. Give --threads " +
                                              std::to_string(m_checkpoint->threads) + " to go on exactly."});
  }

  void teachVae() {
    auto vae = freshVae(m_plan, m_config.seed);
    VaeTeacher teacher(vae, m_config.vaeStage);
    if (m_checkpoint) teacher.learner().load(SafetensorsFile::open(m_checkpoint->weights).value()).value();
    VaeBatches batches(m_config, *m_plan.vae, m_pictures, m_extra ? &*m_extra : nullptr);
    const auto size = static_cast<int>(m_config.vaeStage.phases.back().size);
    const auto sheet = [&] { return vaeSheet(vae, m_pictures, size); };
    walk("vae", 0, m_config.vaeStage, teacher.learner(),
         [&](std::int64_t step) { return teacher.step(batches.at(step), step); }, sheet);
    if (m_step >= m_config.vaeStage.steps()) finishVae(vae, teacher.learner());
  }

  void finishVae(AutoencoderKl& vae, Learner& learner) {
    learner.swapAverage();
    const auto size = m_config.unetStage.phases.front().size;
    encode(vae, size);
    const auto factor = LatentStore::open(m_folder.latents(size)).value().scalingFactor();
    writeVae(m_folder.vae(), vae, m_plan.json.vae, factor).value();
    const auto sentence = "The VAE is trained; its scaling factor is " + std::to_string(factor) + ".";
    m_observer.onNotice({false, "vae_done", sentence});
  }

  void encode(AutoencoderKl& vae, std::int64_t size) {
    const auto report = [&](std::int64_t done, std::int64_t total) {
      m_observer.onProgress({"Encoding pictures at " + std::to_string(size) + " px", done, total});
    };
    encodePictures(vae, m_pictures, m_folder.latents(size),
                   {static_cast<int>(size), m_config.vaeStage.usesBf16(), &m_control, report});
  }

  // Captions as ids, and the empty one.
  torch::Tensor idsOf(const std::string& text) const { return torch::tensor(m_plan.tokenizer->encodePadded(text)); }
  torch::Tensor captionIds() const {
    std::vector<torch::Tensor> rows;
    std::int64_t cut = 0;
    for (const auto& picture : m_captioned) {
      rows.push_back(idsOf(picture.caption));
      cut += m_plan.tokenizer->tokenCount(picture.caption) + 2 > m_plan.tokenizer->maxLength() ? 1 : 0;
    }
    if (cut > 0) {
      m_observer.onNotice({true, "captions_cut", std::to_string(cut) + " of " + std::to_string(rows.size()) +
                                                     " captions are too long; what goes beyond is not learnt."});
    }
    return torch::stack(rows);
  }

  std::vector<std::string> samplePrompts() const {
    constexpr std::size_t kMost = 16;
    if (!m_config.samplePrompts.empty()) return m_config.samplePrompts;
    std::vector<std::string> prompts;
    for (const auto& picture : m_captioned) {
      if (prompts.size() < kMost) prompts.push_back(picture.caption);
    }
    return prompts;
  }

  void teachUNet() {
    auto vae = readVae(m_folder.vae(), m_plan).value();
    auto textEncoder = freshTextEncoder(m_plan, m_config.seed);
    auto unet = freshUNet(m_plan, m_config.seed);
    const auto& stage = m_config.unetStage;
    const auto first = m_config.vaeStage.steps();
    const NoiseSchedule schedule(*m_plan.scheduler);
    UNetTeacher teacher(textEncoder, unet, schedule, m_plan.vae->scalingFactor, stage);
    if (m_step > first) teacher.learner().load(SafetensorsFile::open(m_checkpoint->weights).value()).value();
    UNetBatches batches(m_config, schedule.trainTimesteps(), captionIds(), idsOf(""));
    std::optional<LatentStore> latents;
    std::int64_t latentSize = 0;
    const auto teach = [&](std::int64_t step) {
      if (const auto size = stage.phaseAt(step).size; size != latentSize) {
        if (!exists(m_folder.latents(size))) encode(vae, size);
        latents.emplace(LatentStore::open(m_folder.latents(size)).value());
        latentSize = size;
      }
      return teacher.step(batches.at(step, *latents), step);
    };
    const auto model = modelOf(m_config, m_plan, vae, textEncoder, unet);
    const auto size = static_cast<int>(stage.phases.back().size);
    const auto sheet = [&] { return promptSheet(model, samplePrompts(), size, stage.precision, m_control); };
    walk("unet", first, stage, teacher.learner(), teach, sheet);
    if (m_step < m_config.steps()) return;
    teacher.learner().swapAverage();
    writePretrained(model, m_config, m_folder.model(), m_control).value();
  }

  // The steps of a stage that are left, until it ends or the run rests.
  template <typename Teach, typename Sheet>
  void walk(const std::string& name, std::int64_t first, const PretrainStage& stage, Learner& learner, Teach teach,
            Sheet sheet) {
    const auto last = std::min(m_stopAfter, first + stage.steps());
    const auto progress = [&](double perSecond) {
      const auto left = perSecond > 0 ? static_cast<double>(last - m_step) / perSecond : -1;
      m_observer.onProgress({name == "vae" ? "Training the VAE" : "Training text encoder and UNet", m_step - first,
                             stage.steps(), left, perSecond, residentBytes()});
    };
    double seconds = 0;  // of a step, smoothed
    for (progress(0); m_step < last;) {
      if (!m_control.proceed()) stopHere(learner, first);
      const auto start = Clock::now();
      const auto point = teach(m_step - first);
      const auto took = std::chrono::duration<double>(Clock::now() - start).count();
      seconds = seconds > 0 ? 0.95 * seconds + 0.05 * took : took;
      ++m_step;
      m_recorder->point(name, m_step, point, 1 / took);
      progress(1 / seconds);
      const bool ends = m_step == last;
      if (ends || m_step % m_config.checkpointEvery == 0) save(learner);
      const bool due = m_config.sampleEvery > 0 && (m_step - first) % m_config.sampleEvery == 0;
      if (due || (m_config.sampleEvery > 0 && m_step == first + stage.steps())) {
        learner.swapAverage();
        m_recorder->sheet(name, m_step, sheet());
        learner.swapAverage();
      }
    }
  }

  void save(const Learner& learner) {
    m_folder.save(m_step, learner.state(), m_config.keepCheckpoints).value();
    m_observer.onCheckpoint({m_step, m_folder.root() / "checkpoints" / ("step-" + std::to_string(m_step)), 0, false});
  }

  [[noreturn]] void stopHere(const Learner& learner, std::int64_t first) {
    const bool anew = m_step == first;  // nothing of this stage to save
    if (!anew && (!m_checkpoint || m_checkpoint->step != m_step)) save(learner);
    throw ErrorException({ErrorCode::Cancelled, "Stopped at step " + std::to_string(m_step) + " of " +
                                                    std::to_string(m_config.steps()) + "; it can go on from there."});
  }

  const PretrainConfig& m_config;
  std::int64_t m_stopAfter;
  JobControl& m_control;
  TrainObserver& m_observer;
  ModelParts m_plan;
  std::vector<CaptionedPicture> m_captioned;
  PictureStore m_pictures;
  std::optional<PictureStore> m_extra;
  PretrainFolder m_folder;
  std::optional<PretrainFolder::Checkpoint> m_checkpoint;
  std::optional<PretrainRecorder> m_recorder;
  std::int64_t m_step = 0;
};

}  // namespace

PretrainOutcome pretrain(const PretrainConfig& config, const PretrainOptions& options, JobControl& control,
                         TrainObserver& observer) {
  return PretrainRun(config, options, control, observer).run();
}

}  // namespace likeness
