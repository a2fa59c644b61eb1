#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/result.h"
#include "core/sample/stable_diffusion.h"

namespace likeness {

// Textual inversion: a word of the prompts, the identifier token, gets vectors of its own, and these learn while the
// model stays as it is, or together with a LoRA (pivotal tuning). Source: Gal et al. 2022 (arXiv:2208.01618).

/// A word to be taught, and the words that it starts as.
struct NewWord {
  std::string token;
  std::string init;
};

/// How many vectors a run learns; 0: none.
[[nodiscard]] std::int64_t tokenVectorCount(const TrainConfig& config);

/// The word of a run: `token`, which starts as token_init says, else as the class noun.
[[nodiscard]] NewWord newWord(const TrainConfig& config, const std::string& token, const std::string& classNoun);

/// Teaches `model` the word before it has learnt: to StableDiffusion::embeddings goes one whose vectors [k, D], fp32 and
/// on the encoder's device, are copies of the token embeddings of `init`, one token after the other and then again from
/// the first, as sd-scripts fills them. Errors: InvalidArgument when `init` has no token.
[[nodiscard]] Result<void> addNewWord(StableDiffusion& model, const TrainConfig& config, const NewWord& word);

/// Whether a run can learn the word: `shown`, the prompts of the subject, must name it with room for all its vectors,
/// and `others`, those of the class, must not. Nothing to say where no word is learnt.
/// Errors: InvalidArgument, in one sentence.
[[nodiscard]] Result<void> checkNewWord(const StableDiffusion& model, const TrainConfig& config, const NewWord& word,
                                        const std::vector<std::string>& shown, const std::vector<std::string>& others);

/// Copies a checkpoint's vectors into those of a run. Errors: those of the file; Corrupt where shapes differ.
[[nodiscard]] Result<void> loadVectors(const TextualInversion& into, const std::filesystem::path& file);

/// The standard deviation of a text encoder's token embeddings.
[[nodiscard]] double spreadOfWords(const ClipTextModel& encoder);

/// Multiplies vectors by (spread / their own standard deviation)^0.1, in place.
/// Source: diffusers' train_dreambooth_lora_sdxl_advanced.py, retract_embeddings.
void retractVectors(torch::Tensor vectors, double spread);

}  // namespace likeness
