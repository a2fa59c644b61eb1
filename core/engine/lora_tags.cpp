#include "core/engine/lora_tags.h"

#include <algorithm>
#include <system_error>

#include "core/api/parameters_text.h"
#include "core/engine/base_model.h"
#include "core/project/project.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// The sample's model or its project's; nothing if neither can be read, which others say.
fs::path modelOf(const Sample& sample) {
  if (!sample.model.empty() || sample.project.empty()) return sample.model;
  const auto project = Project::open(sample.project);
  if (!project.ok()) return {};
  const auto model = modelPath(project->content().model);
  return model.ok() ? *model : fs::path();
}

}  // namespace

std::optional<fs::path> findLora(const std::string& name, const fs::path& model) {
  if (name.empty() || name == ".." || fs::path(name).filename() != name || model.empty()) return std::nullopt;
  const auto beside = fs::absolute(model).lexically_normal().parent_path();
  std::error_code ignored;
  for (const auto& folder : {beside, beside.parent_path() / "Lora", beside.parent_path() / "loras"}) {
    for (const char* extension : {".safetensors", ".pt", ".ckpt"}) {
      const auto file = folder / (name + extension);
      if (fs::is_regular_file(file, ignored) && file != model) return file;
    }
  }
  return std::nullopt;
}

void takeLoraTags(Sample& sample, const JobContext& context) {
  auto taken = takeLoras(sample.prompt);
  for (const auto& tag : taken.loras) {
    const auto known = std::ranges::find_if(
        sample.loras, [&](const LoraChoice& lora) { return lora.path.stem() == tag.name; });
    if (known != sample.loras.end()) {
      known->weight = tag.weight;
    } else if (auto file = findLora(tag.name, modelOf(sample))) {
      sample.loras.push_back({std::move(*file), tag.weight});
    } else {
      context.warn("lora_missing", "The prompt names the LoRA \"" + tag.name +
                                       "\", which was not found, so it is left out. Give its file with --lora.");
    }
  }
  sample.prompt = taken.prompt;
}

}  // namespace likeness
