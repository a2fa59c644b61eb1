#include "core/train/priors.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/data/crop.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "core/sample/autocast.h"
#include "core/sample/text_to_image.h"
#include "core/tensor/memory.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kMarksFile = "marks.json";
constexpr const char* kRejected = "rejected";
constexpr int kHashCharacters = 16;

struct PriorName {
  std::int64_t index = 0;
  std::uint64_t seed = 0;
};

std::string priorFileName(const PriorName& prior) {
  char name[64];
  std::snprintf(name, sizeof name, "%04lld-%llu.png", static_cast<long long>(prior.index),
                static_cast<unsigned long long>(prior.seed));
  return name;
}

// "0003-1000003.png" → index 3, seed 1000003.
std::optional<PriorName> parsePriorName(const fs::path& file) {
  if (file.extension() != ".png") return std::nullopt;
  const auto stem = file.stem().string();
  PriorName prior;
  const auto* end = stem.data() + stem.size();
  const auto index = std::from_chars(stem.data(), end, prior.index);
  if (index.ec != std::errc() || index.ptr == end || *index.ptr != '-' || prior.index < 0) return std::nullopt;
  const auto seed = std::from_chars(index.ptr + 1, end, prior.seed);
  if (seed.ec != std::errc() || seed.ptr != end || priorFileName(prior) != file.filename()) return std::nullopt;
  return prior;
}

// File names that were rejected. A damaged file of marks rejects nothing.
std::set<std::string> readMarks(const fs::path& folder) {
  std::set<std::string> rejected;
  const auto json = readJsonFile(folder / kMarksFile);
  if (!json.ok() || !json.value().contains(kRejected) || !json.value()[kRejected].is_array()) return rejected;
  for (const auto& name : json.value()[kRejected]) {
    if (name.is_string()) rejected.insert(name.get<std::string>());
  }
  return rejected;
}

Json requestAsJson(const PriorRequest& request) {
  return {{"model", request.modelIdentity},   {"prompt", request.classPrompt},
          {"negative", request.negative},     {"resolution", request.resolution},
          {"sampler", samplerName(request.sampler)}, {"steps", request.steps},
          {"guidance", request.guidance},     {"first_seed", request.firstSeed},
          {"precision", request.precision == Precision::Bf16 ? "bf16" : "fp32"}};
}

// The indices that the request wants, and which of them are there.
struct Inventory {
  std::vector<PriorInfo> found;
  std::vector<std::int64_t> missing;
};

Result<Inventory> takeInventory(const PriorRequest& request, const fs::path& folder) {
  LK_TRY(const auto priors, listPriors(folder));
  std::map<std::int64_t, PriorInfo> byIndex;
  for (const auto& prior : priors) byIndex[parsePriorName(prior.file)->index] = prior;
  Inventory inventory;
  std::int64_t wanted = request.count;
  for (std::int64_t index = 0; wanted > 0; ++index) {
    const auto known = byIndex.find(index);
    if (known == byIndex.end()) {
      inventory.missing.push_back(index);
    } else {
      if (request.replaceRejected && !known->second.kept) continue;
      inventory.found.push_back(known->second);
    }
    --wanted;
  }
  return inventory;
}

PictureRecipe recipeFor(const StableDiffusion& model, const PriorRequest& request, std::uint64_t seed) {
  PictureRecipe recipe;
  recipe.prompt = request.classPrompt;
  recipe.negative = request.negative;
  recipe.sampler = samplerName(request.sampler);
  recipe.steps = static_cast<int>(request.steps);
  recipe.guidance = request.guidance;
  recipe.seed = seed;
  recipe.width = recipe.height = request.resolution;
  recipe.model = model.path.filename().string();
  recipe.modelHash = request.modelIdentity.substr(0, 10);
  return recipe;
}

Json recipeAsJson(const PictureRecipe& recipe, const PriorRequest& request) {
  auto json = requestAsJson(request);
  json["kind"] = "prior";
  json["seed"] = recipe.seed;
  json["width"] = recipe.width;
  json["height"] = recipe.height;
  json["model_name"] = recipe.model;
  return json;
}

// Makes the images of these indices and reports each.
class PriorMaker {
 public:
  PriorMaker(const StableDiffusion& model, const PriorRequest& request, fs::path folder, JobControl& control,
             const PriorCallbacks& callbacks)
      : m_model(model), m_request(request), m_folder(std::move(folder)), m_control(control), m_callbacks(callbacks) {}

  void make(const std::vector<std::int64_t>& indices, std::int64_t reused) {
    GenerateOptions options;
    options.prompts = {m_request.classPrompt};
    options.count = static_cast<std::int64_t>(indices.size());
    options.negative = m_request.negative;
    options.sampler = m_request.sampler;
    options.steps = m_request.steps;
    options.guidance = m_request.guidance;
    options.width = options.height = m_request.resolution;
    options.computeIn = scalarTypeOf(m_request.precision);
    for (const auto index : indices) options.seeds.push_back(m_request.firstSeed + static_cast<std::uint64_t>(index));
    const auto total = reused + options.count;
    GenerateCallbacks callbacks;
    callbacks.onStep = [&](std::int64_t first, std::int64_t count, std::int64_t done, std::int64_t of) {
      progress(reused, total, static_cast<double>(first) + static_cast<double>(count * done) / static_cast<double>(of));
    };
    callbacks.onImage = [&](std::int64_t k, ImagePtr image) {
      const auto at = static_cast<std::size_t>(k);
      keep({indices[at], options.seeds[at]}, std::move(image), reused + k, total);
    };
    static_cast<void>(generate(m_model, options, m_control, callbacks));
  }

 private:
  void keep(const PriorName& name, ImagePtr image, std::int64_t index, std::int64_t total) {
    const auto file = m_folder / priorFileName(name);
    replacePicture(file, *image, recipeAsJson(recipeFor(m_model, m_request, name.seed), m_request)).value();
    if (!m_callbacks.onPrior) return;
    m_callbacks.onPrior({{file, name.seed, true}, static_cast<int>(index), static_cast<int>(total), false, image});
  }

  void progress(std::int64_t reused, std::int64_t total, double made) {
    if (!m_callbacks.onProgress) return;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - m_start;
    const auto perSecond = made / std::max(spent.count(), 1e-9);
    const auto left = made > 0 ? (static_cast<double>(total - reused) - made) / perSecond : -1;
    m_callbacks.onProgress({"Making prior images", reused + static_cast<std::int64_t>(made), total, left, perSecond,
                            residentBytes()});
  }

  const StableDiffusion& m_model;
  const PriorRequest& m_request;
  fs::path m_folder;
  JobControl& m_control;
  const PriorCallbacks& m_callbacks;
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

void reportFound(const Inventory& inventory, const PriorCallbacks& callbacks) {
  const auto reused = inventory.found.size(), missing = inventory.missing.size();
  if (callbacks.onNotice) {
    callbacks.onNotice({false, "priors",
                        missing == 0 ? "All " + std::to_string(reused) + " prior images are there already."
                                     : "Prior images: reusing " + std::to_string(reused) + ", making " +
                                           std::to_string(missing) + "."});
  }
  if (!callbacks.onPrior) return;
  for (std::size_t i = 0; i < reused; ++i) {
    callbacks.onPrior({inventory.found[i], static_cast<int>(i), static_cast<int>(reused + missing), true, nullptr});
  }
}

}  // namespace

fs::path priorFolder(const PriorRequest& request) {
  return request.projectPriorsFolder / sha256Hex(requestAsJson(request).dump()).substr(0, kHashCharacters);
}

namespace {

// A request whose resolution is the model's own where it says 0, so that both name the same folder.
PriorRequest resolved(const StableDiffusion& model, PriorRequest request) {
  if (request.resolution == 0) request.resolution = model.defaultResolution();
  return request;
}

}  // namespace

Result<PriorPlan> planPriors(const PriorRequest& request) {
  LK_TRY(const auto inventory, takeInventory(request, priorFolder(request)));
  return PriorPlan{static_cast<std::int64_t>(inventory.found.size()),
                   static_cast<std::int64_t>(inventory.missing.size())};
}

Result<PriorSet> makePriors(const StableDiffusion& model, const PriorRequest& given, JobControl& control,
                            const PriorCallbacks& callbacks) {
  const auto request = resolved(model, given);
  PriorSet set;
  set.folder = priorFolder(request);
  std::error_code failed;
  fs::create_directories(set.folder, failed);
  if (failed) return systemError(failed.value(), "create the folder", set.folder.string());
  removeStaleTemporaries(set.folder);
  LK_TRY(const auto inventory, takeInventory(request, set.folder));
  set.reused = static_cast<std::int64_t>(inventory.found.size());
  reportFound(inventory, callbacks);
  if (!inventory.missing.empty()) {
    try {
      PriorMaker(model, request, set.folder, control, callbacks).make(inventory.missing, set.reused);
    } catch (const ErrorException& stopped) {
      return stopped.error();
    }
    set.made = static_cast<std::int64_t>(inventory.missing.size());
  }
  LK_TRY(set.priors, listPriors(set.folder));
  return set;
}

Result<std::vector<PriorInfo>> listPriors(const fs::path& folder) {
  std::vector<std::pair<std::int64_t, PriorInfo>> found;
  std::error_code failed;
  if (fs::exists(folder, failed)) {
    const auto rejected = readMarks(folder);
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
      const auto name = parsePriorName(entry.path());
      if (!name) continue;
      const bool kept = !rejected.contains(entry.path().filename().string());
      found.push_back({name->index, {entry.path(), name->seed, kept}});
    }
  }
  if (failed) return systemError(failed.value(), "read the folder", folder.string());
  std::ranges::sort(found, {}, &std::pair<std::int64_t, PriorInfo>::first);
  std::vector<PriorInfo> priors;
  for (auto& [index, prior] : found) priors.push_back(std::move(prior));
  return priors;
}

Result<std::vector<PriorInfo>> listOwnPriors(const fs::path& folder) {
  LK_TRY(const auto files, listPhotoFiles({folder}));
  std::vector<PriorInfo> priors;
  for (const auto& file : files) priors.push_back({file, 0, true});
  return priors;
}

Result<void> markPriors(std::span<const fs::path> files, bool kept) {
  std::map<fs::path, std::vector<std::string>> byFolder;
  for (const auto& file : files) {
    std::error_code failed;
    if (!parsePriorName(file) || !fs::exists(file, failed)) {
      return Error{ErrorCode::InvalidArgument, file.string() + " is not one of the made prior images.", "",
                   file.string()};
    }
    byFolder[file.parent_path()].push_back(file.filename().string());
  }
  for (const auto& [folder, names] : byFolder) {
    auto rejected = readMarks(folder);
    for (const auto& name : names) {
      if (kept) {
        rejected.erase(name);
      } else {
        rejected.insert(name);
      }
    }
    LK_CHECK(writeFileAtomically(folder / kMarksFile, Json{{kRejected, rejected}}.dump(2) + "\n"));
  }
  return {};
}

Result<PriorPictures> loadPriors(std::span<const PriorInfo> priors, int resolution, JobControl& control) {
  PriorPictures pictures;
  for (const auto& prior : priors) {
    if (!prior.kept) continue;
    if (!control.proceed()) return Error{ErrorCode::Cancelled, "Stopped as asked."};
    LK_TRY(const auto photo, readPhoto(prior.file));
    pictures.images.push_back(renderCrop(photo, CropRect{}, resolution));
    pictures.origins.push_back(squareOrigin(photo.width, photo.height, CropRect{}, resolution));
  }
  return pictures;
}

}  // namespace likeness
