#include "core/weights/layouts/part_views.h"

#include "core/base/text.h"
#include <array>

#include "core/weights/layouts/layout_maps.h"
#include "core/weights/mapped_source.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace {

using Step = MappedSource::Step;
using Origin = MappedSource::Origin;

Step stepToDiffusers(TensorChange change) {
  switch (change) {
    case TensorChange::Pointwise:
      return Step::ToLinear;
    case TensorChange::Transposed:
      return Step::Transpose;
    case TensorChange::Query:
      return Step::FirstThird;
    case TensorChange::Key:
      return Step::SecondThird;
    case TensorChange::Value:
      return Step::LastThird;
    default:
      return Step::Same;
  }
}

// position_ids that somebody converted to floating point are of no use.
bool isUseless(const std::string& name, const TensorInfo& info) {
  return name.ends_with("position_ids") && c10::isFloatingType(info.dtype);
}

// Today's name for one that diffusers or transformers have written.
std::string canonicalName(const std::string& part, const std::string& name) {
  if (part == kTextEncoder || part == kTextEncoder2) {
    const bool bare = !name.starts_with("text_model.") && !name.starts_with("text_projection.");
    return bare ? "text_model." + name : name;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOlder{
      {{".query.", ".to_q."}, {".key.", ".to_k."}, {".value.", ".to_v."}, {".proj_attn.", ".to_out.0."}}};
  if (part == kVae && name.find(".attentions.") != std::string::npos) {
    for (const auto& [before, after] : kOlder) {
      if (const auto at = name.find(before); at != std::string::npos) {
        return std::string(name).replace(at, before.size(), after);
      }
    }
  }
  return name;
}

Error nameless(const TensorSource& source, const std::string& name) {
  return {ErrorCode::InvalidArgument,
          source.path().string() + ": a single file has no place for " + quotedName(name) +
              ". Write the model as a diffusers folder.",
          {},
          source.path().string()};
}

// Adds a part to a single file; query, key and value are joined.
Result<void> addPart(MappedSource& whole, const std::shared_ptr<const TensorSource>& part, const std::string& prefix,
                     const KeyMap& map, bool ema = false) {
  std::map<std::string, std::array<Origin, 3>> thirds;
  for (const auto& [name, info] : part->tensors()) {
    const auto mapped = map.toCompvis(name);
    if (!mapped && name.ends_with("position_ids")) continue;  // OpenCLIP's names have none
    if (!mapped) return nameless(*part, name);
    const auto full = ema ? emaName(prefix + mapped->name) : prefix + mapped->name;
    switch (mapped->change) {
      case TensorChange::Query:
      case TensorChange::Key:
      case TensorChange::Value:
        thirds[full][static_cast<std::size_t>(mapped->change) - static_cast<std::size_t>(TensorChange::Query)] = {part,
                                                                                                                  name};
        break;
      default: {
        const auto step = mapped->change == TensorChange::Pointwise    ? Step::ToPointwise
                          : mapped->change == TensorChange::Transposed ? Step::Transpose
                                                                       : Step::Same;
        LK_CHECK(whole.add(full, step, {{part, name}}));
      }
    }
  }
  for (const auto& [full, parts] : thirds) {
    for (const auto& origin : parts) {
      if (origin.file == nullptr) return nameless(*part, full + " without query, key or value");
    }
    LK_CHECK(whole.add(full, Step::Join, {parts[0], parts[1], parts[2]}));
  }
  return {};
}

Result<void> addTextEncoders(MappedSource& whole, const ModelFiles& model) {
  const auto add = [&](const char* part, bool openClip, const std::string& prefix) -> Result<void> {
    const auto found = model.parts.find(part);
    if (found == model.parts.end()) return {};
    const auto& weights = found->second.weights;
    const auto map = openClip ? openClipKeyMap(clipLayers(namesOf(*weights)), true) : clipKeyMap();
    return addPart(whole, weights, prefix, map);
  };
  switch (model.family) {
    case ModelFamily::Sd1:
      return add(kTextEncoder, false, "cond_stage_model.transformer.");
    case ModelFamily::Sd2:
      return add(kTextEncoder, true, "cond_stage_model.model.");
    default:
      LK_CHECK(add(kTextEncoder, false, "conditioner.embedders.0.transformer."));
      return add(kTextEncoder2, true, "conditioner.embedders.1.model.");
  }
}

// Forge and ComfyUI look for these in an SDXL model; they hold nothing.
Result<void> addMarks(MappedSource& whole, const ModelFiles& model) {
  if (model.family != ModelFamily::Sdxl || !model.predictsV()) return {};
  NamedTensors marks{{"v_pred", torch::empty({0})}};
  if (jsonOr(model.scheduler, "rescale_betas_zero_snr", false)) marks.emplace_back("ztsnr", torch::empty({0}));
  const auto source = std::make_shared<const MemorySource>(marks, model.path);
  for (const auto& [name, tensor] : marks) LK_CHECK(whole.add(name, Step::Same, {{source, name}}));
  return {};
}

}  // namespace

Result<std::shared_ptr<const TensorSource>> diffusersView(std::shared_ptr<const TensorSource> file,
                                                          const std::string& prefix, const KeyMap& map, bool ema,
                                                          std::vector<std::string>* unused) {
  auto view = std::make_shared<MappedSource>(file->path(), file->metadata());
  const auto& tensors = file->tensors();
  for (auto entry = tensors.lower_bound(prefix); entry != tensors.end() && entry->first.starts_with(prefix); ++entry) {
    const auto names = map.toDiffusers(entry->first.substr(prefix.size()));
    if (names.empty() && unused != nullptr) unused->push_back(entry->first);
    for (const auto& [name, change] : names) {
      if (isUseless(name, entry->second)) continue;
      const auto source = ema ? emaName(entry->first) : entry->first;
      if (ema && !file->has(source)) {
        return Error{ErrorCode::Corrupt,
                     file->path().string() + " lacks the moving average of " + quotedName(entry->first) +
                         ". Take the plain weights, or get the file again.",
                     {},
                     file->path().string()};
      }
      LK_CHECK(view->add(name, stepToDiffusers(change), {{file, source}}));
    }
  }
  return std::shared_ptr<const TensorSource>(std::move(view));
}

Result<std::shared_ptr<const TensorSource>> canonicalView(const std::string& part, const TensorSources& files) {
  auto view = std::make_shared<MappedSource>(files.front()->path(), files.front()->metadata());
  for (const auto& file : files) {
    for (const auto& [name, info] : file->tensors()) {
      if (isUseless(name, info)) continue;
      const bool attention = part == kVae && name.find(".attentions.") != std::string::npos;
      LK_CHECK(view->add(canonicalName(part, name), attention ? Step::ToLinear : Step::Same, {{file, name}}));
    }
  }
  return std::shared_ptr<const TensorSource>(std::move(view));
}

Result<std::shared_ptr<const TensorSource>> compvisView(const ModelFiles& model) {
  auto whole = std::make_shared<MappedSource>(model.path);
  const std::string prefix = "model.diffusion_model.";
  if (const auto unet = model.parts.find(kUNet); unet != model.parts.end()) {
    const auto& weights = unet->second.weights;
    const auto map = unetKeyMap(unetLayoutOfDiffusers(namesOf(*weights)));
    const bool swapped = model.otherUnet != nullptr && model.unetIsEma;
    LK_CHECK(addPart(*whole, swapped ? model.otherUnet : weights, prefix, map));
    if (model.otherUnet != nullptr) LK_CHECK(addPart(*whole, swapped ? weights : model.otherUnet, prefix, map, true));
  }
  if (const auto vae = model.parts.find(kVae); vae != model.parts.end()) {
    const auto& weights = vae->second.weights;
    LK_CHECK(addPart(*whole, weights, "first_stage_model.", vaeKeyMap(vaeLayoutOfDiffusers(namesOf(*weights)))));
  }
  LK_CHECK(addTextEncoders(*whole, model));
  LK_CHECK(addMarks(*whole, model));
  return std::shared_ptr<const TensorSource>(std::move(whole));
}

}  // namespace likeness
