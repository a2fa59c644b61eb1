#pragma once
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/model/clip_text_model.h"
#include "core/text/tokenizer.h"
#include "core/weights/textual_inversion.h"

namespace likeness {

/// One of a model's text encoders and the tokenizer that its prompts go through.
struct TextEncoder {
  ClipTokenizer tokenizer;
  ClipTextModel model;
};

/// How prompts are read.
struct PromptOptions {
  /// 1: the last layer, 2: the one before it, … Stable Diffusion 1 and 2 then apply the final layer norm; XL takes no
  /// layer after the last but one, so that 1 and 2 are the same, and applies none.
  int clipSkip = 1;
  std::vector<TextualInversion> embeddings = {};
  bool syntax = true;  ///< weights and BREAK as parsePrompt() reads them; else plain words
  /// For XL: an empty negative prompt is all zeros, as the model was trained, instead of the encoding of no words.
  bool zeroEmptyNegative = true;
};

/// What a UNet is told of B prompts of k chunks, of L tokens each (77).
struct EncodedPrompts {
  torch::Tensor hidden;  ///< [B, k·L, D]; D is the sum of the encoders' widths
  torch::Tensor pooled;  ///< XL: [B, P], the second encoder's projection of the first chunk; else undefined
};

/// Both sides of classifier-free guidance, with the same k.
struct GuidedPrompts {
  EncodedPrompts positive, negative;
};

/// A sampling as its prompts see it.
struct SamplingSteps {
  std::int64_t evaluations = 1;  ///< of the model
  std::int64_t steps = 1;        ///< what prompt editing counts and takes its parts of; see promptSchedule()
  std::int64_t before = 0;       ///< those of the pass before this one, if any
};

/// Both sides through a whole sampling, where prompt editing changes them on the way.
struct ScheduledPrompts {
  std::vector<GuidedPrompts> distinct;
  std::vector<std::size_t> byEvaluation;  ///< which of them holds at each of the model's evaluations

  [[nodiscard]] const GuidedPrompts& at(std::size_t evaluation) const { return distinct[byEvaluation[evaluation]]; }
};

/// Encodes prompts as people write them for sampling: chunks as chunkPrompt() lays them out, each hidden state times
/// its word's weight, and the chunk's mean restored. All prompts get as many chunks as the longest one, filled up with
/// those of an empty prompt. A prompt of plain words in one chunk gives what encodePrompts() gives. `encoders`: one, or
/// for Stable Diffusion XL two, CLIP-L first. Dtype and device: the encoders'. Gradients follow the caller's grad mode.
/// Threads: the models'. Errors: InvalidArgument for a prompt that chunkPrompt() refuses, a clip skip outside 1 …
/// layers, or what checkEmbeddings() finds; c10::Error from Torch. Source: the behaviour of AUTOMATIC1111 1.10
/// ("original" emphasis); Podell et al. 2023 (arXiv:2307.01952) for XL.
[[nodiscard]] Result<EncodedPrompts> encodeForSampling(const std::vector<TextEncoder>& encoders,
                                                       const std::vector<std::string>& prompts,
                                                       const PromptOptions& options = {});

/// The same for prompts and negative prompts together, so that one batched pass of the UNet takes both.
[[nodiscard]] Result<GuidedPrompts> encodeForGuidance(const std::vector<TextEncoder>& encoders,
                                                      const std::vector<std::string>& prompts,
                                                      const std::vector<std::string>& negatives,
                                                      const PromptOptions& options = {});

/// The same with prompt editing and turns (see promptSchedule()) for a sampling; one distinct entry where no prompt has
/// them, or without syntax. k may differ between entries. `negatives` may be empty, for a sampling without guidance.
[[nodiscard]] Result<ScheduledPrompts> encodeForSteps(const std::vector<TextEncoder>& encoders,
                                                      const std::vector<std::string>& prompts,
                                                      const std::vector<std::string>& negatives,
                                                      const SamplingSteps& steps, const PromptOptions& options = {});

/// Whatever encodeForSteps() would refuse, without encoding anything.
[[nodiscard]] Result<void> checkForSteps(const std::vector<TextEncoder>& encoders,
                                         const std::vector<std::string>& prompts,
                                         const std::vector<std::string>& negatives, const SamplingSteps& steps,
                                         const PromptOptions& options = {});

/// Checks that embeddings are made for these encoders and that no two share a name: InvalidArgument, naming the file,
/// what it was made for and what the model is.
[[nodiscard]] Result<void> checkEmbeddings(const std::vector<TextEncoder>& encoders,
                                           const std::vector<TextualInversion>& embeddings);

}  // namespace likeness
