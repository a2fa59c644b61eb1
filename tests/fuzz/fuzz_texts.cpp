// The reader of other programs' configurations: TOML and JSON.
#include <algorithm>

#include "core/api/options.h"
#include "core/project/import_options.h"
#include "core/project/yaml_file.h"
#include "tests/fuzz/targets.h"

namespace likeness {

void fuzzImport(std::span<const std::byte> file) {
  const std::string text(reinterpret_cast<const char*>(file.data()), file.size());
  const auto imported = importOptionsText(text, "fuzz/file");
  if (!imported) return requireSentence(imported.error());
  TrainConfig config;
  require(applyTrainOptions(config, imported->options).ok(), "what is taken over is valid");
  const auto printable = [](const std::string& line) {
    return line.size() < 1000 && std::ranges::none_of(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  };
  require(std::ranges::all_of(imported->taken, printable), "what was taken is told in short lines");
  require(std::ranges::all_of(imported->left, printable), "what was left is told in short lines");
  require(std::ranges::all_of(imported->notes, printable), "notes are short lines");
}

std::vector<std::string> importSeeds() {
  return {"[training]\nlearning_rate = 1e-4\nunet_lr = 2e-4\nmax_train_steps = 10\nresolution = \"512,512\"\n"
          "network_args = [\"conv_dim=4\", \"x\"]\nstop_text_encoder_training = -1\nflip_aug = true\n",
          "[general]\nflip_aug = false\n[[datasets]]\nbatch_size = 2\n[[datasets.subsets]]\nimage_dir = 'a'\n"
          "class_tokens = \"sks \\u00e9\"\nwhen = 1979-05-27T07:32:00Z\n",
          R"({"training_method": "LORA", "learning_rate": 3e-4, "unet": {"learning_rate": 1e-4}, "epochs": 3,
              "text_encoder": {"train": false}, "optimizer": {"optimizer": "ADAMW_8BIT", "weight_decay": 0.1},
              "sample_after": 3, "sample_after_unit": "STEP", "concepts": [{"path": "a"}], "ema": "GPU"})"};
}

}  // namespace likeness
