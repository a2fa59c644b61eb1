#include <algorithm>

#include "core/engine/job_list.h"
#include "core/engine/lora_tags.h"
#include "core/engine/sample_pictures.h"
#include "core/engine/sample_sheet.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// Several plans, made one after the other under one progress bar.
class Session {
 public:
  Session(JobContext& context, Studio& studio) : m_context(context), m_studio(studio) {}

  void add(SamplePlan plan, bool base, int firstIndex) { m_parts.push_back({std::move(plan), base, firstIndex}); }

  // Opens the first plan's model, checks all plans for it and makes the folder, so that nothing is begun in vain.
  void prepare() {
    m_context.events.progress(Progress{"Opening the model", 0, 1});
    auto& first = m_parts.front().plan;
    m_model = openForPlan(first, m_context, m_studio);
    for (auto& part : m_parts) {
      if (usesModelOf(part.plan, first)) fitToModel(part.plan, *m_model);
    }
    warnOf(first, *m_model, m_context);
    std::error_code ignored;
    m_newFolder = !fs::exists(first.out, ignored);
    makeFolder(first.out).value();
  }

  [[nodiscard]] const SamplePlan& first() const { return m_parts.front().plan; }
  [[nodiscard]] const StableDiffusion& model() const { return *m_model; }

  // What each plan made. A folder that was made for nothing goes away again.
  std::vector<MadePictures> run() {
    try {
      return runAll();
    } catch (...) {
      std::error_code ignored;
      if (m_newFolder) fs::remove(first().out, ignored);  // only when it is empty
      throw;
    }
  }

 private:
  [[nodiscard]] static bool usesModelOf(const SamplePlan& plan, const SamplePlan& other) {
    const auto checkpoint = [](const SamplePlan& one) { return one.checkpoint ? one.checkpoint->folder : fs::path(); };
    return plan.model == other.model && plan.sample.vae == other.sample.vae && checkpoint(plan) == checkpoint(other);
  }

  std::vector<MadePictures> runAll() {
    std::int64_t total = 0, before = 0;
    for (const auto& part : m_parts) total += evaluationsOf(part.plan, *m_model);
    ProgressMeter meter(m_context.events, "Making pictures", total);
    std::vector<MadePictures> made;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
      auto& [plan, base, firstIndex] = m_parts[i];
      if (i > 0) m_model = openForPlan(plan, m_context, m_studio);
      const auto report = [&](std::int64_t done) { meter.report(std::min(total, before + done)); };
      made.push_back(makePictures(plan, *m_model, {base, firstIndex, report}, m_context));
      before += evaluationsOf(plan, *m_model);
    }
    return made;
  }

  struct Part {
    SamplePlan plan;
    bool base = false;
    int firstIndex = 0;
  };
  JobContext& m_context;
  Studio& m_studio;
  std::vector<Part> m_parts;
  std::optional<StableDiffusion> m_model;
  bool m_newFolder = false;
};

std::string countText(std::size_t count) { return std::to_string(count) + (count == 1 ? " picture" : " pictures"); }

Finished makeSeries(const ResolvedSample& resolved, JobContext& context, Studio& studio) {
  const auto plan = planSample(resolved, context);
  Session session(context, studio);
  if (plan.sample.compareWithBase && plan.checkpoint) session.add(planOfBase(plan), true, 0);
  session.add(plan, false, 0);
  session.prepare();
  const auto made = session.run();
  std::vector<fs::path> files;
  for (const auto& part : made) files.insert(files.end(), part.files.begin(), part.files.end());
  const auto summary = "Made " + countText(files.size()) + " in " + plan.out.string() + ".";
  if (const auto& file = plan.sample.saveLatents; !file.empty()) {
    writeSafetensors(file, {{"latents", made.back().latents}}).value();
    files.push_back(file);
  }
  if (plan.project) sendProject(*plan.project, context, studio);
  return succeeded(summary, std::move(files));
}

Finished makeGrid(const ResolvedSample& resolved, JobContext& context, Studio& studio) {
  const auto cells = gridCells(resolved.sample).value();
  Session session(context, studio);
  for (const auto& cell : cells) {
    auto one = resolved;
    one.sample = cell.sample;
    takeLoraTags(one.sample, context);
    session.add(planSample(one, context), false, static_cast<int>(&cell - cells.data()));
  }
  session.prepare();
  const SampleSheet sheet(resolved.sample.grid, cells);
  sheet.checkSize(finalWidth(session.model(), session.first().options),
                  finalHeight(session.model(), session.first().options));
  std::vector<fs::path> files;
  std::vector<Image> images;
  for (const auto& made : session.run()) {
    files.insert(files.end(), made.files.begin(), made.files.end());
    for (const auto& image : made.images) images.push_back(*image);
  }
  const auto& plan = session.first();
  files.push_back(sheet.write(plan, images));
  if (plan.project) sendProject(*plan.project, context, studio);
  return succeeded("Made " + countText(images.size()) + " and the sheet " + files.back().string() + ".", files);
}

}  // namespace

Finished runJob(const Sample& spec, JobContext& context, Studio& studio) {
  const auto resolved = resolveSample(spec, context);
  return resolved.sample.grid.empty() ? makeSeries(resolved, context, studio) : makeGrid(resolved, context, studio);
}

}  // namespace likeness
