#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/job.h"
#include "core/api/train_config.h"
#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/data/crop.h"
#include "core/diffusion/samplers.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

/// Which class (prior) images are wanted. Everything but `projectPriorsFolder`, `count` and `replaceRejected` is part
/// of what made them, and so of their folder's name.
struct PriorRequest {
  std::filesystem::path projectPriorsFolder;  ///< the project's `priors/`
  std::string modelIdentity;                  ///< see modelIdentity()
  std::string classPrompt;                    ///< "a photo of a dog"
  std::string negative;
  std::int64_t count = 0;
  int resolution = 0;  ///< pixels; 0: the model's own
  Sampler sampler = Sampler::Ddim;
  std::int64_t steps = 25;
  double guidance = 4.0;
  std::uint64_t firstSeed = 1'000'000;  ///< image k has firstSeed + k
  Precision precision = Precision::Bf16;
  bool replaceRejected = false;  ///< makes the next seeds until `count` are kept
};

/// What stands ready after makePriors().
struct PriorSet {
  std::filesystem::path folder;
  std::vector<PriorInfo> priors;  ///< all in the folder, by index; only the kept ones are trained
  std::int64_t reused = 0;
  std::int64_t made = 0;
};

/// Where these priors lie: `projectPriorsFolder`/<hash of what makes them>/.
[[nodiscard]] std::filesystem::path priorFolder(const PriorRequest& request);

/// What makePriors() would do: how many stand ready already, and how many are to be made.
struct PriorPlan {
  std::int64_t reused = 0;
  std::int64_t missing = 0;
};
[[nodiscard]] Result<PriorPlan> planPriors(const PriorRequest& request);

/// How makePriors() reports, on its own thread.
struct PriorCallbacks {
  std::function<void(const PriorReady&)> onPrior = {};    ///< each image: found ones first (without pixels), then made
  std::function<void(const Progress&)> onProgress = {};   ///< each denoising step; counts images
  std::function<void(const Notice&)> onNotice = {};       ///< "priors": "reused 180, making 20"
};

/// Generates the missing class images from the class prompt and writes each as `NNNN-seed.png` with its recipe.
/// Randomness: image k from seed firstSeed + k alone. Threads: the model's. Control: looked at before each denoising
/// step; what is finished by then is kept. Errors: Cancelled; DiskFull, …; NotFinite.
[[nodiscard]] Result<PriorSet> makePriors(const StableDiffusion& model, const PriorRequest& request,
                                          JobControl& control, const PriorCallbacks& callbacks = {});

/// The class images in such a folder, by index, with their marks. A folder that isn't there holds none.
[[nodiscard]] Result<std::vector<PriorInfo>> listPriors(const std::filesystem::path& folder);

/// The pictures of a folder of one's own, all kept. Errors: NotFound, PermissionDenied.
[[nodiscard]] Result<std::vector<PriorInfo>> listOwnPriors(const std::filesystem::path& folder);

/// Marks class images as kept or rejected, in `marks.json` beside each, atomically. InvalidArgument for a file that is
/// not a class image.
[[nodiscard]] Result<void> markPriors(std::span<const std::filesystem::path> files, bool kept);

/// Class images as they are trained, and where each was cut from.
struct PriorPictures {
  std::vector<Image> images;
  std::vector<SquareOrigin> origins;
};

/// The pixels of the kept ones, cut and scaled to `resolution` squares where they aren't. Control: before each picture.
[[nodiscard]] Result<PriorPictures> loadPriors(std::span<const PriorInfo> priors, int resolution, JobControl& control);

}  // namespace likeness
