#include "core/weights/diffusers_folder.h"
#include "core/weights/layouts/deduce_configs.h"
#include "core/weights/layouts/layout_maps.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/layouts/part_views.h"
#include "core/weights/layouts/recognize.h"
#include "core/weights/open_weights.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

const char* wordFor(const std::string& part) { return part == kVae ? "VAE" : "text encoder"; }

Error holdsNone(const fs::path& path, const std::string& part, const std::string& what) {
  return {ErrorCode::Unsupported,
          path.string() + " is a " + what + ", which holds no " + wordFor(part) + ". Name a file that does.",
          {},
          path.string()};
}

Result<ModelPart> partOf(const ModelFiles& whole, const std::string& part) {
  const auto found = whole.parts.find(part);
  if (found != whole.parts.end()) return found->second;
  return holdsNone(whole.path, part, "model without it");
}

// The config that lies beside weights in diffusers layout, or nothing.
Json configBeside(const fs::path& folder) {
  const auto config = readJsonFile(folder / "config.json");
  return config.ok() ? *config : Json();
}

// A file with only the one part, in either layout's names.
Result<ModelPart> barePart(std::shared_ptr<const TensorSource> file, const std::string& part, const Recognized& what) {
  const bool vae = part == kVae;
  if (what.kind != (vae ? WeightsKind::Vae : WeightsKind::TextEncoder)) return holdsNone(file->path(), part, what.name);
  const auto prefixes = compvisPrefixes(*file);
  ModelPart opened;
  opened.config = configBeside(file->path().parent_path());
  if (vae && prefixes.vae) {
    const auto prefix = *prefixes.vae;
    const auto layout = vaeLayoutOfCompvis([&](const std::string& name) { return file->has(prefix + name); });
    LK_TRY(opened.weights, diffusersView(file, prefix, vaeKeyMap(layout)));
  } else if (!vae && prefixes.openClip && prefixes.openClip->empty()) {
    LK_TRY(opened.weights, diffusersView(file, "", openClipKeyMap(openClipLayers(namesOf(*file)), part == kTextEncoder2)));
  } else {
    LK_TRY(opened.weights, canonicalView(part, {file}));
  }
  return opened;
}

Result<ModelPart> openPart(const fs::path& path, const std::string& part) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored) && !fs::exists(path / "model_index.json", ignored)) {
    ModelPart opened;
    opened.config = configBeside(path);
    LK_TRY(const auto files, openComponentWeights(path));
    LK_TRY(opened.weights, canonicalView(part, files));
    return opened;
  }
  if (!fs::is_directory(path, ignored)) {
    LK_TRY(auto file, openWeightsFile(path));
    const auto what = recognizeWeights(*file);
    if (what.kind != WeightsKind::Model) return barePart(std::move(file), part, what);
  }
  LK_TRY(const auto whole, openModelFiles(path));
  return partOf(whole, part);
}

}  // namespace

Result<void> replacePart(ModelFiles& model, const std::string& part, const fs::path& path) {
  LK_TRY(auto opened, openPart(path, part));
  const auto own = model.parts.find(part);
  const Json known = opened.config.is_object() ? opened.config
                     : own == model.parts.end() ? Json()
                                                : own->second.config;
  if (part == kVae) {
    LK_TRY(opened.config, deduceVaeConfig(*opened.weights, model.family, known));
  } else {
    const bool openClip = part == kTextEncoder2 || model.family == ModelFamily::Sd2;
    LK_TRY(opened.config, deduceTextConfig(*opened.weights, openClip, known));
  }
  model.notes.push_back(std::string("Its ") + wordFor(part) + " is that of " + path.string() + ".");
  model.parts[part] = std::move(opened);
  return {};
}

}  // namespace likeness
