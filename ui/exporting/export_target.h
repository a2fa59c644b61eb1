#pragma once
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/api/job.h"
#include "core/api/project.h"

namespace likeness {

/// A place where the written model can be used, and how.
struct ExportTarget {
  QString id;
  QString title;
  QString detail;  ///< one line below the title
  QString how;     ///< what to do with the folder or file; %1 is its path, %2 a prompt
  bool isCode = false;  ///< `how` is a program
  ModelFormat format = ModelFormat::Diffusers;
  const char* dtype = "";  ///< as in Export
  std::optional<LoraFormat> lora = {};  ///< the LoRA alone instead of the model
  bool namesLora = false;               ///< its prompts call the LoRA by the file's name
  bool embedding = false;               ///< the learnt word alone instead of the model
  QString word = {};                    ///< what its prompts call that, %1 being the file's name; empty: the token

  [[nodiscard]] bool isFile() const { return lora || embedding || format == ModelFormat::SingleFile; }
};

/// The places that can use what this project writes. Only diffusers and another Likeness take models of any shape; the
/// others refuse all but Stable Diffusion's own, so they are offered for a model of one's own and not for the embedded
/// base. They get a LoRA alone where one was learnt, and where only a word was learnt, that alone.
[[nodiscard]] std::vector<ExportTarget> exportTargets(const ProjectSnapshot& project);

/// The least that a written model takes, in bytes, judged by a checkpoint's weights; 0 when they can't be seen.
[[nodiscard]] std::uint64_t leastSize(const CheckpointInfo& checkpoint);

/// A prompt to try elsewhere, with the token, or what stands for it there, written out: "a photo of a sks dog in the snow".
[[nodiscard]] QString promptToTry(const ProjectSnapshot& project, const QString& word = {});

/// A folder, or a file, beside the project that does not exist yet.
[[nodiscard]] QString suggestedDestination(const ProjectSnapshot& project, bool file);

}  // namespace likeness
