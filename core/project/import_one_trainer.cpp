#include <functional>
#include <map>

#include "core/base/json.h"
#include "core/project/option_importer.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using Texts = std::vector<std::string>;

std::string textOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  if (value.is_number()) return numberText(value.get<double>());
  if (value.is_object()) return "{…}";
  if (value.is_array()) return "[…]";
  return value.dump();
}

// Keys are paths with dots: "text_encoder.learning_rate".
using Handler = std::function<void(OptionImporter&, const std::string& name, const Json& value, const Json& root)>;

Handler to(const std::string& ours) {
  return [ours](OptionImporter& to, const std::string& name, const Json& value, const Json&) {
    to.take(name, textOf(value), ours, {textOf(value)});
  };
}

Handler words(const std::string& ours, std::map<std::string, Texts> table) {
  return [=](OptionImporter& to, const std::string& name, const Json& value, const Json&) {
    const auto found = table.find(textOf(value));
    to.take(name, textOf(value), ours, found == table.end() ? Texts{textOf(value)} : found->second);
  };
}

// A number of steps, if its unit says so.
Handler every(const std::string& ours, const std::string& unit) {
  return [=](OptionImporter& to, const std::string& name, const Json& value, const Json& root) {
    const auto in = jsonOr<std::string>(root, unit.c_str(), "");
    if (in == "STEP") {
      to.take(name, textOf(value), ours, {textOf(value)});
    } else if (in == "NEVER") {
      to.take(name, textOf(value) + " NEVER", ours, {"0"});
    } else {
      to.leave(name, textOf(value) + " " + in, "only a number of steps can be taken over");
    }
  };
}

Handler note(const std::string& what) {
  return [what](OptionImporter& to, const std::string& name, const Json& value, const Json&) {
    to.leave(name, textOf(value), "belongs to the project, see below");
    to.note(what, textOf(value));
  };
}

Handler cannot(const std::string& why) {
  return [why](OptionImporter& to, const std::string& name, const Json& value, const Json&) {
    to.leave(name, textOf(value), why);
  };
}

// Off when it is 0.
Handler positive(const std::string& ours) {
  return [ours](OptionImporter& to, const std::string& name, const Json& value, const Json&) {
    if (value.is_number() && value.get<double>() > 0) to.take(name, textOf(value), ours, {textOf(value)});
  };
}

void takeMethod(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  const auto text = textOf(value);
  if (text == "LORA") {
    to.take(name, text, "method", {"lora"});
  } else if (text == "EMBEDDING") {
    to.take(name, text, "method", {"textual-inversion"});
  } else if (text == "FINE_TUNE") {
    to.takeAsIs(name, text, "all weights learn");
  } else {
    to.leave(name, text, "can't be trained here");
  }
}

void takeUnet(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  if (value.is_boolean() && !value.get<bool>()) to.leave(name, "false", "the UNet always learns here");
}

void takeResolution(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  const auto text = textOf(value);
  if (text.find_first_not_of("0123456789, ") != std::string::npos) {
    return to.leave(name, text, "sizes of other shapes can't be set here");
  }
  const auto comma = text.find(',');
  to.take(name, text, "resolution", {text.substr(0, comma)});
  if (comma != std::string::npos) to.take(name, text, "more_resolutions", {text.substr(comma + 1)});
}

void takePrecision(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  const auto text = textOf(value);
  if (text == "FLOAT_32") {
    to.take(name, text, "precision", {"fp32"});
  } else if (text == "BFLOAT_16") {
    to.take(name, text, "precision", {"bf16"});
  } else if (text == "FLOAT_16") {
    to.take(name, text, "precision", {"fp16"});
  } else {
    to.leave(name, text, "there is no such training; precision stays as it is");
  }
}

void takeOptimizer(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  std::string lower;
  for (const unsigned char c : textOf(value)) lower += static_cast<char>(std::tolower(c));
  if (lower == "adamw") return to.takeAsIs(name, textOf(value), "AdamW, as it is");
  const auto eight = lower.find("_8bit");
  const auto stem = lower.substr(0, eight);
  to.take(name, textOf(value), "optimizer",
          eight == std::string::npos ? Texts{lower} : Texts{stem + "-8bit", stem + "8bit", lower});
}

void takeLossWeight(OptionImporter& to, const std::string& name, const Json& value, const Json& root) {
  const auto text = textOf(value);
  if (text == "CONSTANT") return;
  if (text == "DEBIASED_ESTIMATION") {
    to.take(name, text, "debiased_estimation", {"true"});
    return;
  }
  if (text != "MIN_SNR_GAMMA") return to.leave(name, text, "has no counterpart");
  const auto gamma = numberText(jsonOr(root, "loss_weight_strength", 5.0));
  to.take(name, text + " with " + gamma, "snr_gamma", {gamma});
}

void takeCheckpointing(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  const bool on = value.is_boolean() ? value.get<bool>() : textOf(value) != "OFF";
  to.take(name, textOf(value), "gradient_checkpointing", {on ? "true" : "false"});
}

void takeEma(OptionImporter& to, const std::string& name, const Json& value, const Json& root) {
  if (textOf(value) == "OFF") return;
  const auto decay = numberText(jsonOr(root, "ema_decay", 0.999));
  to.take(name, textOf(value) + " with " + decay, "ema_decay", {decay});
}

void takeConcepts(OptionImporter& to, const std::string& name, const Json& value, const Json&) {
  if (!value.is_array()) return;
  for (const auto& concept_ : value) {
    if (!concept_.is_object()) continue;
    to.leave(name, jsonOr<std::string>(concept_, "path", "?"), "belongs to the project, see below");
    to.note("Pictures (new --photos)", jsonOr<std::string>(concept_, "path", "?"));
  }
}

const std::map<std::string, Handler>& handlers() {
  static const std::map<std::string, Handler> all = {
      {"training_method", takeMethod},
      {"learning_rate", to("learning_rate")},
      {"unet.train", takeUnet},
      {"text_encoder.learning_rate", to("text_encoder_learning_rate")},
      {"learning_rate_scheduler", words("lr_schedule", {{"CONSTANT", {"constant"}},
                                                        {"LINEAR", {"linear"}},
                                                        {"COSINE", {"cosine"}},
                                                        {"COSINE_WITH_RESTARTS",
                                                         {"cosine-restarts", "cosine_with_restarts"}},
                                                        {"REX", {"rex"}}})},
      {"learning_rate_warmup_steps", to("lr_warmup_steps")},
      {"batch_size", to("batch_size")},
      {"gradient_accumulation_steps", to("gradient_accumulation")},
      {"clip_grad_norm", to("max_grad_norm")},
      {"train_dtype", takePrecision},
      {"resolution", takeResolution},
      {"aspect_ratio_bucketing", to("aspect_buckets")},
      {"masked_training", to("masked_loss")},
      {"unmasked_weight", to("unmasked_weight")},
      {"normalize_masked_area_loss", to("mask_normalize")},
      {"optimizer.optimizer", takeOptimizer},
      {"optimizer.weight_decay", to("weight_decay")},
      {"embedding.token_count", to("token_vectors")},
      {"embedding.initial_embedding_text", to("token_init")},
      {"embedding_learning_rate", to("token_learning_rate")},
      {"lora_rank", to("lora_rank")},
      {"lora_alpha", to("lora_alpha")},
      {"lora_decompose", to("lora_dora")},
      {"dropout_probability", positive("lora_dropout")},
      {"offset_noise_weight", positive("noise_offset")},
      {"perturbation_noise_weight", positive("input_perturbation")},
      {"loss_weight_fn", takeLossWeight},
      {"gradient_checkpointing", takeCheckpointing},
      {"ema", takeEma},
      {"save_every", every("checkpoint_every", "save_every_unit")},
      {"sample_after", every("preview_every", "sample_after_unit")},
      {"validate_after", every("validate_every", "validate_after_unit")},
      {"rolling_backup_count", to("keep_checkpoints")},
      {"epochs", cannot("epochs depend on the number of pictures: set steps")},
      {"base_model_name", note("Model (new --model)")},
      {"concept_file_name", note("The pictures are listed in its own file")},
      {"concepts", takeConcepts},
  };
  return all;
}

// What is read together with another key.
bool isPartner(const std::string& name) {
  // The text encoder's and UNet's train and rate: see settleRates().
  if (name == "text_encoder.train" || name == "unet.learning_rate") return true;
  return name.ends_with("_unit") || name == "loss_weight_strength" || name == "ema_decay" || name == "__version";
}

// A value that switches nothing on.
bool saysNothing(const Json& value) {
  return value.is_null() || value == false || (value.is_string() && value.get<std::string>().empty()) ||
         ((value.is_array() || value.is_object()) && value.empty()) || (value.is_number() && value == 0);
}

void takeObject(OptionImporter& to, const Json& object, const std::string& prefix, const Json& root) {
  for (const auto& [key, value] : object.items()) {
    const auto name = prefix + key;
    const auto found = handlers().find(name);
    if (isPartner(name) || value.is_null()) continue;
    if (found != handlers().end()) {
      found->second(to, name, value, root);
    } else if (value.is_object() && prefix.empty()) {
      takeObject(to, value, name + ".", root);
    } else if (!saysNothing(value)) {
      to.leave(name, textOf(value), "has no counterpart");
    }
  }
}

// Their text encoders learn, at the common rate, unless the file says otherwise; the order of keys means nothing.
void settleRates(OptionImporter& to, const Json& root) {
  const auto part = root.value("text_encoder", Json::object());
  const auto common = root.find("learning_rate");
  if (part.is_object() && jsonOr(part, "train", true) && common != root.end() && common->is_number() &&
      !to.has("text_encoder_learning_rate")) {
    const auto rate = numberText(common->get<double>());
    to.take("text_encoder.learning_rate", "not given", "text_encoder_learning_rate", {rate});
  }
  if (part.is_object() && !jsonOr(part, "train", true)) {
    to.take("text_encoder.train", "false", "text_encoder_learning_rate", {"0"});
  }
  const auto unet = root.value("unet", Json::object());
  if (unet.is_object() && unet.contains("learning_rate") && unet["learning_rate"].is_number()) {
    to.take("unet.learning_rate", textOf(unet["learning_rate"]), "learning_rate", {textOf(unet["learning_rate"])});
  }
}

}  // namespace

Result<ImportedOptions> importOneTrainer(const std::string& json, const fs::path& file) {
  const auto root = parseJson(json);
  if (!root.is_object()) {
    return Error{ErrorCode::Corrupt,
                 file.string() + " is damaged: it is no JSON of OneTrainer. Correct it or name another file.",
                 {},
                 file.string()};
  }
  if (!root.contains("training_method") && !root.contains("model_type") && !root.contains("learning_rate")) {
    return Error{ErrorCode::Unsupported,
                 file.string() + " is JSON, but not a configuration of OneTrainer. Name its config.json or a preset.",
                 {},
                 file.string()};
  }
  OptionImporter importer("OneTrainer");
  takeObject(importer, root, "", root);
  settleRates(importer, root);
  return std::move(importer).result();
}

}  // namespace likeness
