#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace likeness {

std::span<const FuzzTarget> fuzzTargets() {
  static constexpr std::array<FuzzTarget, 14> kTargets{{{"safetensors", fuzzSafetensors, safetensorsSeeds},
                                                       {"zip", fuzzZip, zipSeeds},
                                                       {"pickle", fuzzPickle, pickleSeeds},
                                                       {"torch_zip", fuzzTorchFile, zipSeeds},
                                                       {"torch_legacy", fuzzTorchFile, torchLegacySeeds},
                                                        {"lora", fuzzLora, loraSeeds},
                                                        {"single_file", fuzzSingleFile, singleFileSeeds},
                                                        {"embedding", fuzzEmbedding, embeddingSeeds},
                                                        {"png_texts", fuzzPngTexts, pngTextSeeds},
                                                        {"picture", fuzzPicture, pictureSeeds},
                                                        {"exif", fuzzExif, exifSeeds},
                                                        {"inflate", fuzzInflate, inflateSeeds},
                                                        {"recipe", fuzzRecipe, recipeSeeds},
                                                        {"import", fuzzImport, importSeeds}}};
  return kTargets;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

void requireSentence(const Error& error) {
  const auto& message = error.message;
  require(error.code == ErrorCode::Corrupt || error.code == ErrorCode::Unsupported || error.code == ErrorCode::InvalidArgument,
          "an error is of a known kind");
  require(message.starts_with("fuzz/file") && message.ends_with('.'), "an error names the file");
  const auto isControl = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  require(message.size() < 1000 && std::none_of(message.begin(), message.end(), isControl), "an error is one sentence");
}

}  // namespace likeness
